package wsecho.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How a client is judged that the service does not read from. */
@RunningService
@EnabledOnOs(OS.LINUX)
@TestPropertySource(properties = { "wsecho.keep-alive.interval=1s", "wsecho.keep-alive.timeout=1s" })
class KeepAliveTests {

	private static final int WINDOW = 64 * 1024;

	// several times the interval and the timeout, and a small part of what the kernel
	// keeps for the service
	private static final int ROUNDS = 40;

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Test
	void clientThatReadsSlowlyIsKeptAndOneThatDoesNotReadIsGivenUp() throws Exception {
		double before = lost();
		try (SocketChannel client = SocketChannel.open()) {
			client.setOption(StandardSocketOptions.SO_RCVBUF, WINDOW);
			client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			client.write(ByteBuffer.wrap(RawSocket.handshake("/websocket").getBytes(StandardCharsets.US_ASCII)));
			client.configureBlocking(false);
			ByteBuffer frames = ByteBuffer.wrap(RawSocket.frame(0x82, new byte[WINDOW]));
			await().pollInterval(Duration.ofMillis(200)).until(() -> isFull(client, frames));
			ByteBuffer some = ByteBuffer.allocate(WINDOW);
			int[] rounds = { 0 };
			await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(30)).until(() -> {
				assertThat(client.read(some.clear())).isNotNegative();
				// so that there is always something for it to take
				isFull(client, frames);
				return ++rounds[0] == ROUNDS;
			});
			assertThat(lost()).isEqualTo(before);
			await().untilAsserted(() -> assertThat(lost()).isEqualTo(before + 1));
		}
	}

	// writes as much as the kernel takes
	private static boolean isFull(SocketChannel client, ByteBuffer frames) throws IOException {
		boolean full = true;
		int written = client.write(frames);
		while (written > 0) {
			full = false;
			if (!frames.hasRemaining()) {
				frames.clear();
			}
			written = client.write(frames);
		}
		return full;
	}

	private double lost() {
		return this.meters.counter("wsecho.sessions.closed", "by", "network", "code", "1006", "transport", "websocket")
			.count();
	}

}
