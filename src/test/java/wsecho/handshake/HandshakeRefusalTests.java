package wsecho.handshake;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** What is refused before anything is admitted, and what the client is told of it. */
@RunningService
class HandshakeRefusalTests {

	private static final String LIVEZ = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@ValueSource(strings = { "HEAD", "TRACE", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "get" })
	void otherMethodIsNotAllowed(String method) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket").replace("GET ", method + " "));
			assertThat(client.readHead()).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nallow: GET\r\n");
			assertThat(openSessions()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/websocket            | Content-Length: 64
			/websocket            | Content-Length: 064
			/websocket/refuse/503 | Content-Length: 64
			/websocket/refuse/503 | Transfer-Encoding: chunked
			/websocket/refuse/503 | Transfer-Encoding: gzip, chunked
			/websocket?handshake-delay=200ms | Content-Length: 64
			""")
	void bodyIsRefusedAndIsNoRequest(String path, String field) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake(path, field) + LIVEZ + "x".repeat(100) + "\r\n\r\n" + LIVEZ);
			assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ")
				.contains(field.substring(0, field.indexOf(':')) + " is", "has no body");
			client.awaitEnd();
			assertThat(openSessions()).isZero();
		}
	}

	@Test
	void emptyBodyIsNone() throws IOException {
		RawSocket.open(this.port, "/websocket", "Content-Length: 0").close();
	}

	@Test
	void requestBehindARefusedHandshakeIsAnswered() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket?messages=0") + LIVEZ);
			assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void otherHttpIsNotSupported() throws IOException {
		String answer = answer(RawSocket.handshake("/websocket").replace("HTTP/1.1", "HTTP/3.0"));
		assertThat(answer).contains(" 505 ").contains("it must be HTTP/1.1").doesNotContain(" 101 ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 101, 400 })
	void tooManyFieldsAreRefused(int count) throws IOException {
		String[] fields = IntStream.range(0, count).mapToObj((i) -> "a" + i + ":").toArray(String[]::new);
		assertThat(answer(RawSocket.handshake("/websocket", fields))).startsWith("HTTP/1.1 431 ").contains("100");
		assertThat(openSessions()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Host: a\r\nHost: a\r\n", "Host: \r\n", "Host: u@h\r\n", "Host: h/p\r\n",
			"Host: h?q\r\n", "Host: a b\r\n", "Host: []\r\n", "Host: [h]x\r\n", "Host: \"h\"\r\n" })
	void badHostIsNamed(String lines) throws IOException {
		String request = RawSocket.handshake("/websocket").replace("Host: localhost\r\n", lines);
		assertThat(answer(request)).startsWith("HTTP/1.1 400 ").contains("Host is");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "example.org", "example.org:443", "[::1]", "[::1]:1901", "10.0.0.1:80", "a_b.c~d", "a%20b" })
	void goodHostIsAccepted(String host) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket").replace("localhost", host));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
		}
	}

	@Test
	void allThatIsWrongIsToldAtOnce() throws IOException {
		String answer = answer(RawSocket
			.handshake("/websocket", "Sec-WebSocket-Protocol: a b", "Sec-WebSocket-Extensions: ;", "Content-Length: 5")
			.replaceAll("(Upgrade|Connection): .*\r\n", "")
			.replaceAll("Sec-WebSocket-(Key|Version): .*\r\n", "")
			.replace("localhost", "u@h"));
		assertThat(answer).startsWith("HTTP/1.1 426 ")
			.contains("Upgrade is missing", "Connection is missing", "Sec-WebSocket-Version is missing",
					"Sec-WebSocket-Key is missing", "Host is", "Sec-WebSocket-Protocol is",
					"Sec-WebSocket-Extensions is", "Content-Length is")
			.contains("\"errors\":[{\"field\":\"Upgrade\"");
	}

	// as nginx passes it on by default
	@Test
	void handshakeThroughAnUntaughtProxySaysWhatItNeeds() throws IOException {
		String answer = answer(RawSocket.handshake("/websocket")
			.replace("HTTP/1.1", "HTTP/1.0")
			.replace("Upgrade: websocket\r\n", "")
			.replace("Connection: Upgrade", "Connection: close"));
		assertThat(answer).contains(" 426 ", "HTTP/1.0", "Upgrade is missing", "Connection is",
				"proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/websocket?messages=0", "/websocket/refuse/301", "/unknown" })
	void refusalIsNotStored(String path) throws IOException {
		assertThat(answer(RawSocket.handshake(path))).containsIgnoringCase("\r\ncache-control: no-store\r\n");
	}

	@Test
	void addressNamesNoSchemeThatAProxyMayHaveChanged() throws IOException {
		assertThat(answer("GET /websocket HTTP/1.1\r\nHost: example.org\r\n\r\n")).startsWith("HTTP/1.1 404 ")
			.contains("//example.org/websocket")
			.doesNotContain("ws://");
	}

	@Test
	void longValueIsCut() throws IOException {
		assertThat(answer(RawSocket.handshake("/websocket", "Sec-WebSocket-Protocol: " + "@".repeat(5000))))
			.startsWith("HTTP/1.1 400 ")
			.hasSizeLessThan(2000);
	}

	@Test
	void tooManySubprotocolsAreRefused() throws IOException {
		String offers = IntStream.rangeClosed(0, 100).mapToObj((i) -> "p" + i).collect(Collectors.joining(","));
		assertThat(answer(RawSocket.handshake("/websocket", "Sec-WebSocket-Protocol: " + offers)))
			.startsWith("HTTP/1.1 400 ")
			.contains("at most 100 tokens");
	}

	@Test
	void refusalCostsNoStackTrace() {
		assertThat(HandshakeRefusal.forbidden("for a test").getStackTrace()).isEmpty();
	}

	private double openSessions() {
		return this.meters.get("wsecho.sessions.open").gauge().value();
	}

	private String answer(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readResponse();
		}
	}

}
