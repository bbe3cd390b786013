package wsecho.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.OpenChannels;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** WebSocket over HTTP/2 (RFC 8441): what differs from HTTP/1.1. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class Http2Tests {

	// its type, no flags, no stream, any last stream, and a protocol or frame size error
	static final String GOAWAY = "07" + "00" + "00000000" + "[0-9A-F]{8}" + "0000000[16]";

	private static final int STREAMS = 20;

	private static final int MESSAGES = 1000;

	private static final int LENGTH = 10_000;

	@LocalServerPort
	private int port;

	@Autowired
	private OpenChannels open;

	@Autowired
	private MeterRegistry meters;

	static Stream<Arguments> refusals() {
		String protocol = PseudoHeaderName.PROTOCOL.value().toString();
		return Stream.of(refusal("no version", (h) -> remove(h, "sec-websocket-version"), "400", "is missing"),
				refusal("version 8", (h) -> h.set("sec-websocket-version", "8"), "400", "must be 13"),
				refusal("bad subprotocol", (h) -> h.set("sec-websocket-protocol", "a b"), "400",
						"Sec-WebSocket-Protocol is"),
				refusal("bad parameter", (h) -> h.path("/websocket?compress=2"), "400", "compress is"),
				refusal("unknown path", (h) -> h.path("/unknown"), "404", "404"),
				refusal("other protocol", (h) -> h.set(protocol, "connect-udp"), "400", ":protocol is"),
				refusal("bad authority", (h) -> h.authority("u@h"), "400", "Host is"),
				refusal("malformed offer", (h) -> h.set("sec-websocket-extensions", ";"), "400",
						"Sec-WebSocket-Extensions is"),
				refusal("plain CONNECT", (h) -> new DefaultHttp2Headers().method("CONNECT").authority("localhost:80"),
						"404", ""),
				refusal("GET", (h) -> remove(remove(h.method("GET"), protocol), "sec-websocket-version"), "404",
						"speaks WebSocket"),
				refusal("GET with signs", (h) -> remove(h.method("GET"), protocol), "400", "RFC 8441"),
				refusal("POST", (h) -> remove(h.method("POST"), protocol), "405", ""));
	}

	private static Arguments refusal(String what, UnaryOperator<Http2Headers> change, String status, String detail) {
		return Arguments.of(what, change, status, detail);
	}

	private static Http2Headers remove(Http2Headers headers, String name) {
		headers.remove(name);
		return headers;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refusals")
	void badHandshakeIsRefused(String what, UnaryOperator<Http2Headers> change, String status, String detail,
			CapturedOutput output) throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			Http2Stream stream = connection.stream(change.apply(Http2Stream.handshake("/websocket")));
			Http2Headers response = stream.response();
			String body = new String(stream.in().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response.status()).hasToString(status);
			assertThat(body).contains(detail);
			// while the stream is open
			assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero();
		}
		assertThat(output).doesNotContain("WARN", "ERROR", "\tat ");
	}

	@Test
	void handshakeThatEndsItsStreamIsRefused(CapturedOutput output) throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			Http2Stream stream = connection.wholeRequest(Http2Stream.handshake("/websocket"));
			assertThat(stream.response().status()).hasToString("400");
			assertThat(stream.in().readAllBytes()).asString(StandardCharsets.UTF_8).contains("END_STREAM is");
		}
		assertThat(output).doesNotContain("WARN", "ERROR", "\tat ");
	}

	// what comes after the preface (RFC 9113, 3.4): no frame, a frame too early, and then
	// one on no stream
	@ParameterizedTest
	@ValueSource(strings = { "xxxxxxxxxxxxxxxxxxxxxxxx", "\0\0\0\1\5\0\0\0\1", "\0\0\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0" })
	void brokenConnectionIsToldAndNotLogged(String rubbish, CapturedOutput output) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + rubbish);
			assertThat(client.readToEnd()).asHexString().containsPattern(GOAWAY);
		}
		assertThat(output).doesNotContain("WARN", "ERROR", "\tat ");
	}

	@Test
	void prefaceMayComeByteByByte() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			for (char each : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".toCharArray()) {
				client.send(String.valueOf(each));
			}
			client.send("x".repeat(24));
			assertThat(client.readToEnd()).asHexString().containsPattern(GOAWAY);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROPFIND / HTTP/1.1", "PRI * HTTP/1.1" })
	void requestThatBeginsLikeThePrefaceIsOneOfHttp11(String line) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(line.substring(0, 2));
			client.send(line.substring(2) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(client.readToEnd()).asString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 4");
		}
	}

	@Test
	void unsupportedVersionIsToldWhichIsSupported() throws Exception {
		Http2Headers headers = Http2Stream.handshake("/websocket").set("sec-websocket-version", "8");
		try (Http2Connection connection = new Http2Connection(this.port)) {
			assertThat(connection.stream(headers).response().get("sec-websocket-version")).hasToString("13");
		}
	}

	@Test
	void firstOfferedSubprotocolIsSelected() throws Exception {
		Http2Headers headers = Http2Stream.handshake("/websocket", "Sec-WebSocket-Protocol: a, b");
		try (Http2Connection connection = new Http2Connection(this.port)) {
			assertThat(connection.stream(headers).response().get("sec-websocket-protocol")).hasToString("a");
		}
	}

	@Test
	void eachStreamIsASessionOfItsOwn() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			List<RawSocket> clients = new ArrayList<>();
			for (int i = 0; i < STREAMS; i++) {
				clients.add(RawSocket.of(connection.open(Http2Stream.handshake("/websocket"))));
			}
			for (int i = 0; i < STREAMS; i++) {
				clients.get(i).sendFrame(0x82, new byte[] { (byte) i });
			}
			for (int i = 0; i < STREAMS; i++) {
				assertThat(clients.get(i).readFrame()).isEqualTo("82:%02x".formatted(i));
			}
			clients.get(0).sendFrame(0x88, new byte[0]);
			assertThat(clients.get(0).readFrame()).isEqualTo("88:");
			assertThat(clients.get(0).readFrame()).isEqualTo(RawSocket.EOF);
			clients.get(1).reset();
			assertThat(clients.get(2).sendFrame(0x82, new byte[] { 1 }).readFrame()).isEqualTo("82:01");
			// those two, and they alone, are gone at the server; the connection is not
			await().untilAsserted(() -> assertThat(this.open.count()).isEqualTo(STREAMS - 2 + 1));
		}
		await().untilAsserted(() -> assertThat(this.open.count()).isZero());
	}

	@Test
	void streamThatIsNotReadIsNotReadFrom() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			Http2Stream stalled = connection.open(Http2Stream.handshake("/websocket"));
			stalled.stopReading();
			AtomicInteger sent = new AtomicInteger();
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(stalled, sent));
			int[] last = { 0 };
			await().pollInterval(Duration.ofSeconds(1)).until(() -> last[0] == (last[0] = sent.get()) && last[0] > 0);
			assertThat(sent).hasValueLessThan(MESSAGES);
			RawSocket other = RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
			for (int i = 0; i < 100; i++) {
				assertThat(other.sendFrame(0x82, new byte[] { (byte) i }).readFrame())
					.isEqualTo("82:%02x".formatted(i));
			}
			stalled.resumeReading();
			RawSocket client = RawSocket.of(stalled);
			for (int i = 0; i < MESSAGES; i++) {
				assertThat(client.readFrame()).hasSize(3 + 2 * LENGTH);
			}
			sender.join();
		}
	}

	private static void send(Http2Stream to, AtomicInteger sent) {
		OutputStream out = to.out();
		try {
			while (sent.get() < MESSAGES) {
				out.write(RawSocket.frame(0x82, new byte[LENGTH]));
				sent.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
