package wsecho.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** Replies that are still held when a session closes are sent before the Close. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.age=4s")
class RepliesBeforeCloseTests {

	private static final int TRIES = 200;

	private static final int SESSIONS = 10;

	private static final byte[] MESSAGE = { 'a' };

	private static final String REPLY = "81:61";

	private static final byte[] NORMAL = { 3, (byte) 0xe8 };

	@LocalServerPort
	private int port;

	// the Close comes just when the reply is due, from 2 ms before to 2 ms after it
	@ParameterizedTest
	@EnumSource
	void closeDoesNotOvertakeTheReply(Transport transport) throws Exception {
		int lost = 0;
		for (int i = 0; i < TRIES; i++) {
			try (RawSocket client = transport.open(this.port, "/websocket?delay=5ms")) {
				client.sendFrame(0x81, MESSAGE);
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(3000 + i * 4000 / TRIES));
				lost += client.sendFrame(0x88, NORMAL).readFrame().equals(REPLY) ? 0 : 1;
			}
		}
		assertThat(lost).as("replies lost of %d", TRIES).isZero();
	}

	// the second message comes after 3.2 s, before the session is too old (3.6 to 4 s),
	// and
	// its reply is due after 6.4 s
	@ParameterizedTest
	@EnumSource
	void sessionThatIsTooOldIsStillAnswered(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?delay=3200ms")) {
			assertThat(client.sendFrame(0x81, MESSAGE).readFrame()).isEqualTo(REPLY);
			assertThat(client.sendFrame(0x81, MESSAGE).readFrame()).isEqualTo(REPLY);
			assertThat(client.readFrame()).startsWith("88:03e9");
		}
	}

	// the window takes 10 s: a session is told each second, and the replies are due after
	// 3
	@ParameterizedTest
	@EnumSource
	void stopWaitsForTheReplies(Transport transport) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=10s")) {
			List<Future<List<String>>> received = new ArrayList<>();
			for (int i = 0; i < SESSIONS; i++) {
				RawSocket client = transport.open(service.port(), "/websocket?delay=3s");
				// so that it is open before the stop
				assertThat(client.sendFrame(0x89, MESSAGE).readFrame()).isEqualTo("8a:61");
				received.add(threads.submit(() -> receive(client.sendFrame(0x81, MESSAGE))));
			}
			service.terminate();
			for (Future<List<String>> frames : received) {
				assertThat(frames.get(30, TimeUnit.SECONDS)).satisfiesExactly(
						(reply) -> assertThat(reply).isEqualTo(REPLY),
						(close) -> assertThat(close).startsWith("88:03e9"));
			}
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.endsWith("Sessions: " + SESSIONS + ", given up: 0"));
		}
		finally {
			threads.shutdownNow();
		}
	}

	// the frames until the Close, which is answered
	private static List<String> receive(RawSocket client) throws IOException {
		List<String> frames = new ArrayList<>();
		try (client) {
			String frame = "";
			while (!frame.startsWith("88:") && !frame.equals(RawSocket.EOF)) {
				frame = client.readFrame();
				frames.add(frame);
			}
			client.sendFrame(0x88, NORMAL).awaitEnd();
			return frames;
		}
	}

}
