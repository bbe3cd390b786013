package wsecho.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that end in the middle of what the client sends. That no buffer is lost is
 * found by the check that follows every test class.
 */
@RunningService
class LifetimeTests {

	// ten sessions at once, twenty times
	private static final int ROUNDS = 20;

	private static final int SESSIONS = 10;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void clientThatKeepsSendingIsClosedInTime(Transport transport) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			for (int round = 0; round < ROUNDS; round++) {
				List<CompletableFuture<Void>> ends = new ArrayList<>();
				for (int i = 0; i < SESSIONS; i++) {
					RawSocket client = transport.open(this.port, "/websocket?lifetime=30ms&fragment=64");
					CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> readUntilClosed(client), threads);
					ends.add(CompletableFuture.runAsync(() -> sendUntil(closed, client), threads));
				}
				CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void sendUntil(CompletableFuture<Void> closed, RawSocket client) {
		byte[] message = RawSocket.frame(0x82, new byte[1000]);
		try (client) {
			while (!closed.isDone()) {
				client.send(message);
			}
			closed.join();
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 }).awaitEnd();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void readUntilClosed(RawSocket client) {
		try {
			int first = client.readFirst();
			while (first != 0x88) {
				assertThat(first).isIn(0x02, 0x00, 0x80);
				assertThat(client.readPayload()).hasSizeLessThanOrEqualTo(64);
				first = client.readFirst();
			}
			assertThat(client.readPayload()).startsWith(3, 0xe8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
