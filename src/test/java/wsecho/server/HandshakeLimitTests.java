package wsecho.server;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How long a connection may be without a whole request. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.handshake=1s")
class HandshakeLimitTests {

	private static final Duration MOST = Duration.ofSeconds(5);

	@LocalServerPort
	private int port;

	// the last is the preface of HTTP/2 (RFC 9113, 3.4), and then an endless header
	@ParameterizedTest
	@ValueSource(strings = { "", "GET /websocket HTTP/1.1\r\n",
			"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /websocket HTTP/1.1\r\n",
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\0\0\1\0\0\0\0\1" })
	void whoNeverAsksIsDisconnected(String begin) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(begin);
			assertThat(secondsUntilEnd(client)).isBetween(0.5, 5.0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /websocket HTTP/1.1\r\nX: ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" })
	void whoTricklesIsDisconnected(String begin) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(begin);
			await().pollInterval(Duration.ofMillis(100)).atMost(MOST).until(() -> isClosed(client));
		}
	}

	@ParameterizedTest
	@EnumSource
	void openSessionStays(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket"); RawSocket other = new RawSocket(this.port)) {
			assertThat(secondsUntilEnd(other)).isBetween(0.5, 5.0);
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			try (RawSocket another = new RawSocket(this.port)) {
				assertThat(secondsUntilEnd(another)).isBetween(0.5, 5.0);
			}
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	@Test
	void connectionWhoseStreamsHaveEndedIsDisconnected() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			try (Http2Stream stream = connection.open(Http2Stream.handshake("/websocket"))) {
				RawSocket.of(stream).sendFrame(0x88, new byte[0]).awaitEnd();
			}
			await().atMost(MOST).until(() -> !connection.isOpen());
		}
	}

	/** Whether the server has ended the connection; sends a character to find out. */
	static boolean isClosed(RawSocket client) {
		try {
			client.send("x");
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	/** How long it takes until the server ends the connection. */
	static double secondsUntilEnd(RawSocket client) {
		long start = System.nanoTime();
		client.awaitEnd();
		return (System.nanoTime() - start) / 1e9;
	}

}
