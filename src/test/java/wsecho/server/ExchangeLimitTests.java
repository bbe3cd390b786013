package wsecho.server;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How long a request may take until its answer has been read, on both ports. */
@RunningService
@TestPropertySource(properties = { "management.server.port=0", "wsecho.limits.handshake=1s" })
class ExchangeLimitTests {

	private static final Duration MOST = Duration.ofSeconds(10);

	// more than both ends' buffers take
	private static final int REQUESTS = 3000;

	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

	// SETTINGS_INITIAL_WINDOW_SIZE 0
	private static final String NO_WINDOW = "\0\0\6\4\0\0\0\0\0\0\4\0\0\0\0";

	// GET http /api, localhost, END_STREAM
	private static final String REQUEST = "\0\0\23\1\5\0\0\0\1\u0082\u0086\4\4/api\101\tlocalhost";

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Test
	void whoDoesNotReadAnswersIsDisconnected() throws IOException {
		assertDisconnected(this.port, "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	@Test
	void whoDoesNotReadAnswersOfManagementIsDisconnected() throws IOException {
		assertDisconnected(this.managementPort, "GET /actuator/prometheus HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GET /actuator HTTP/1.1\r\n",
			"POST /actuator HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n" })
	void whoNeverAsksManagementIsDisconnected(String begin) throws IOException {
		try (RawSocket client = new RawSocket(this.managementPort)) {
			client.send(begin);
			assertThat(HandshakeLimitTests.secondsUntilEnd(client)).isBetween(0.5, 10.0);
		}
	}

	@Test
	void streamWhoseAnswerIsNotTakenIsReset() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(PREFACE + NO_WINDOW + REQUEST);
			// RST_STREAM of stream 1, CANCEL, and later the whole connection
			assertThat(client.readToEnd()).asHexString().contains("0000040300" + "00000001" + "00000008");
		}
	}

	@Test
	void heldHandshakeAndItsSessionStay() throws IOException {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?handshake-delay=3s&delay=3s")) {
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	private static void assertDisconnected(int port, String request) throws IOException {
		try (RawSocket client = new RawSocket(port)) {
			client.send(request.repeat(REQUESTS));
			await().pollInterval(Duration.ofMillis(200)).atMost(MOST).until(() -> HandshakeLimitTests.isClosed(client));
		}
	}

}
