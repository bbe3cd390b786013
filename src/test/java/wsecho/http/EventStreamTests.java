package wsecho.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** The event stream, and each thing that a client may ask of it. */
@RunningService
class EventStreamTests {

	private static final Pattern THREE = Pattern.compile(": open\n\n" + event(1) + event(2) + event(3));

	@LocalServerPort
	private int port;

	private static String event(int number) {
		return "id: %d\ndata: \\{\"number\":%d,\"time\":\"[^\"]+\",\"late\":\\d+}\n\n".formatted(number, number);
	}

	@Test
	void bytesAreThese() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET /events?every=1ms&count=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readHead().lines()).startsWith("HTTP/1.1 200 OK")
				.contains("transfer-encoding: chunked", "Content-Type: text/event-stream", "Cache-Control: no-store",
						"X-Content-Type-Options: nosniff")
				.noneMatch((line) -> line.startsWith("X-Accel-Buffering"));
			client.endOutput();
			assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8))
				.matches("(?s)8\r\n: open\n\n\r\n[0-9a-f]+\r\n" + event(1) + "\r\n0\r\n\r\n");
		}
	}

	@ParameterizedTest
	@EnumSource
	void eventsAreNumbered(Transport transport) throws Exception {
		try (HttpExchange client = open(transport, "?every=10ms&count=3")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.field("content-type")).isEqualTo("text/event-stream");
			assertThat(client.readBody()).matches(THREE);
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", "body", 0));
		}
	}

	@ParameterizedTest
	@EnumSource
	void eventsComeWhenTheyAreMade(Transport transport) throws Exception {
		try (HttpExchange client = open(transport, "?every=500ms&count=3")) {
			for (int i = 0; i < 3; i++) {
				Instant made = Instant.parse(next(client).get("time").stringValue());
				assertThat(made).isBetween(Instant.now().minusMillis(400), Instant.now());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void longEventIsWhole(Transport transport) throws Exception {
		try (HttpExchange client = open(transport, "?every=1ms&count=3&size=1MB")) {
			for (int i = 0; i < 2; i++) {
				client.readLine();
			}
			for (int i = 1; i <= 3; i++) {
				assertThat(client.readLine()).isEqualTo("id: " + i);
				byte[] data = client.read("data: ".length() + (1 << 20));
				assertThat(new String(data, StandardCharsets.UTF_8)).matches("data: \\{\"number\":" + i + ",.*} +");
				assertThat(client.readLine() + client.readLine()).isEmpty();
			}
			assertThat(client.readBody()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void lastEventIdIsReportedOnce(Transport transport) throws Exception {
		String[] ids = { "41", "a\"\\b", "x".repeat(5000) };
		for (String id : ids) {
			try (HttpExchange client = open(transport, "?every=1ms&count=2", "Last-Event-ID: " + id)) {
				String seen = next(client).get("lastEventId").stringValue();
				assertThat(seen).isEqualTo(id.substring(0, Math.min(200, id.length())));
				assertThat(next(client).has("lastEventId")).isFalse();
			}
		}
	}

	@Test
	void nginxIsToldNotToGather() throws Exception {
		try (HttpExchange client = open(Transport.HTTP_1_1, "?accel=no&count=1")) {
			assertThat(client.field("x-accel-buffering")).isEqualTo("no");
		}
	}

	@ParameterizedTest
	@EnumSource
	void delayShiftsEachEvent(Transport transport) throws Exception {
		long start = System.nanoTime();
		try (HttpExchange client = open(transport, "?every=10ms&count=3&delay=500ms")) {
			for (int i = 1; i <= 3; i++) {
				Instant made = Instant.parse(next(client).get("time").stringValue());
				assertThat(Duration.between(made, Instant.now())).isGreaterThan(Duration.ofMillis(490));
			}
			assertThat(client.readBody()).isEqualTo("\n");
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
		}
	}

	@ParameterizedTest
	@EnumSource
	void lifetimeEndsIt(Transport transport) throws Exception {
		try (HttpExchange client = open(transport, "?every=1h&lifetime=200ms")) {
			assertThat(client.readBody()).matches(": open\n\n" + event(1));
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", "body", 0));
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, eof, fin", "HTTP_1_1, abort, rst", "HTTP_2, abort, rst" })
	void endIsNoEndOfTheBody(Transport transport, String end, String how) throws Exception {
		try (HttpExchange client = open(transport, "?every=1ms&count=1&end=" + end)) {
			assertThatIOException().isThrownBy(client::readBody);
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", how, 0));
		}
	}

	// over HTTP/2 the end of the stream is that of the body
	@Test
	void endOfAStreamIsEndOfTheBody() throws Exception {
		try (HttpExchange client = open(Transport.HTTP_2, "?every=1ms&count=1&end=eof")) {
			assertThat(client.readBody()).endsWith("\n\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, silence", "HTTP_1_1, stall", "HTTP_2, silence", "HTTP_2, stall" })
	void silentStreamIsLeftOpen(Transport transport, String end) throws Exception {
		try (HttpExchange client = open(transport, "?every=1ms&count=1&end=" + end)) {
			next(client);
			client.readLine();
			assertThat(openSessions(client.sessionId())).isTrue();
			client.reset();
			assertThat(ToldEnd.of(this.port, client.sessionId()).how()).isEqualTo("rst");
		}
	}

	private boolean openSessions(String id) throws Exception {
		try (HttpExchange told = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET", "/sessions/" + id)) {
			return JsonMapper.shared().readTree(told.readBody()).get("end").isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void quietStreamHasComments(Transport transport) throws Exception {
		try (HttpExchange client = open(transport, "?every=1h&ping=1s")) {
			next(client);
			client.readLine();
			for (int i = 0; i < 2; i++) {
				assertThat(client.readLine()).isEqualTo(": ping");
				assertThat(client.readLine()).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void headHasTheSameFieldsAndNoBody(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, "HEAD", "/events?every=1ms")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.field("content-type")).isEqualTo("text/event-stream");
			assertThat(client.readBody()).isEmpty();
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", "body", 0));
		}
	}

	@Test
	void connectionServesTheNextRequest() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			for (int i = 0; i < 3; i++) {
				client.send("GET /hold/1ms HTTP/1.1\r\nHost: localhost\r\n\r\n");
				assertThat(client.readResponse()).startsWith("HTTP/1.1 200 OK");
			}
		}
	}

	@Test
	void pipelinedRequestsWaitForTheEnd() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			String request = "GET /hold/50ms HTTP/1.1\r\nHost: localhost\r\n\r\n";
			client.send(request.repeat(5));
			for (int i = 0; i < 5; i++) {
				assertThat(client.readResponse()).startsWith("HTTP/1.1 200 OK");
			}
		}
	}

	private HttpExchange open(Transport transport, String query, String... fields) throws Exception {
		return HttpExchange.open(transport, this.port, "GET", "/events" + query, fields);
	}

	private static JsonNode next(HttpExchange client) throws IOException {
		String line = client.readLine();
		while (!line.startsWith("data: ")) {
			line = client.readLine();
		}
		return JsonMapper.shared().readTree(line.substring("data: ".length()));
	}

}
