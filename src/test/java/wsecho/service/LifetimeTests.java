package wsecho.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

	private static final int TRIES = 200;

	private static final int SESSIONS = 10;

	private static final int UNDER_WAY = 16;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void clientThatKeepsSendingIsClosedInTime(Transport transport) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
		try {
			List<Future<?>> ends = new ArrayList<>();
			for (int i = 0; i < TRIES; i++) {
				ends.add(threads.submit(() -> {
					echoUntilClosed(transport.open(this.port, "/websocket?lifetime=30ms&fragment=64"));
					return null;
				}));
			}
			for (Future<?> end : ends) {
				end.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	// some messages are always under way
	private static void echoUntilClosed(RawSocket client) throws IOException {
		byte[] message = RawSocket.frame(0x82, new byte[1000]);
		try (client) {
			for (int i = 0; i < UNDER_WAY; i++) {
				client.send(message);
			}
			int first = client.readFirst();
			while (first != 0x88) {
				assertThat(client.readPayload()).hasSizeLessThanOrEqualTo(64);
				if ((first & 0x80) != 0) {
					client.send(message);
				}
				first = client.readFirst();
			}
			assertThat(client.readPayload()).startsWith(3, 0xe8);
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 }).awaitEnd();
		}
	}

}
