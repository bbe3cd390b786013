package wsecho.handshake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that does not wait while the answer to its handshake is held. */
@RunningService
class HeldAnswerTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private static final String LIVEZ = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Test
	void nothingIsReadMeanwhile() throws Exception {
		try (RawSocket client = held("/websocket?handshake-delay=1m")) {
			AtomicLong sent = new AtomicLong();
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendZeros(client, sent));
			long[] last = { 0 };
			await().pollInterval(Duration.ofSeconds(1)).until(() -> last[0] == (last[0] = sent.get()) && last[0] > 0);
			assertThat(sent).hasValueLessThan(20L * MEBIBYTE);
			client.reset();
			sender.join();
		}
		await().until(() -> openSessions() == 0);
	}

	// the first byte of the second frame is a control character, which HTTP skips
	@Test
	void framesThatComeMeanwhileWait() throws Exception {
		try (RawSocket client = held("/websocket?handshake-delay=500ms")) {
			client.sendFrame(0x01, new byte[] { 'a' }).sendFrame(0x80, new byte[] { '\n' });
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readFrame()).isEqualTo("01:61");
			assertThat(client.readFrame()).isEqualTo("80:0a");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/websocket?handshake-delay=300ms", "/websocket/refuse/503?handshake-delay=300ms" })
	void requestInOnePacketWithTheHandshakeFailsIt(String path) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake(path) + LIVEZ + LIVEZ);
			assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ").contains("must wait for the answer");
			assertThat(client.readToEnd()).isEmpty();
		}
		await().until(() -> openSessions() == 0);
	}

	// 400, or the end of the connection after a 101 if HTTP's decoder waits for more of
	// what it takes for a request
	@ParameterizedTest
	@ValueSource(ints = { 0x01, 0x81, 0x82, 0xc1 })
	void frameInOnePacketWithTheHandshakeFailsIt(int first) throws Exception {
		byte[] frame = RawSocket.frame(first, new byte[] { 'a' });
		String request = RawSocket.handshake("/websocket?handshake-delay=300ms");
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(request + new String(frame, StandardCharsets.ISO_8859_1));
			assertThat(client.readHead()).matches("(?s)HTTP/1.1 (400|101) .*");
			client.awaitEnd();
		}
		await().until(() -> openSessions() == 0);
	}

	@Test
	void connectionServesOnAfterALateRefusal() throws Exception {
		try (RawSocket client = held("/websocket/refuse/503?handshake-delay=300ms")) {
			assertThat(client.readResponse()).startsWith("HTTP/1.1 503 ");
			assertThat(client.send(LIVEZ).readResponse()).startsWith("HTTP/1.1 200 ");
			client.send(RawSocket.handshake("/websocket"));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	@Test
	void clientThatGoesAwayIsForgotten() throws Exception {
		held("/websocket?handshake-delay=1m").close();
		await().until(() -> openSessions() == 0);
	}

	private RawSocket held(String path) throws IOException {
		RawSocket client = new RawSocket(this.port);
		client.send(RawSocket.handshake(path));
		await().until(() -> openSessions() == 1);
		return client;
	}

	private static void sendZeros(RawSocket client, AtomicLong sent) {
		try {
			while (sent.get() < 60L * MEBIBYTE) {
				client.send(new byte[MEBIBYTE / 16]);
				sent.addAndGet(MEBIBYTE / 16);
			}
		}
		catch (IOException ex) {
			// it was reset
		}
	}

	private double openSessions() {
		return this.meters.get("wsecho.sessions.open").gauge().value();
	}

}
