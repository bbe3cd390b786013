package wsecho.session;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** That the totals count each session once, whoever reads them while sessions end. */
@RunningService
class TotalsTests {

	private static final int THREADS = 4;

	private static final int SESSIONS = 50;

	private static final int MESSAGES = 5;

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Test
	void sessionsThatEndWhileTotalsAreReadCountOnce() throws Exception {
		double before = received();
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			Future<Void> reader = threads.submit(() -> read(done));
			for (Future<Void> client : threads
				.invokeAll(Stream.generate(() -> (Callable<Void>) this::openAndClose).limit(THREADS).toList())) {
				client.get(60, TimeUnit.SECONDS);
			}
			await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
			done.set(true);
			reader.get(20, TimeUnit.SECONDS);
			assertThat(received()).isEqualTo(before + THREADS * SESSIONS * MESSAGES);
		}
		finally {
			done.set(true);
			threads.shutdownNow();
		}
	}

	private Void openAndClose() throws Exception {
		for (int i = 0; i < SESSIONS; i++) {
			try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
				for (int message = 0; message < MESSAGES; message++) {
					client.sendFrame(0x81, new byte[] { 'a' }).readFrame();
				}
				client.sendFrame(0x88, new byte[0]).awaitEnd();
			}
		}
		return null;
	}

	// one that was counted twice for a moment would be taken back
	private Void read(AtomicBoolean done) {
		double last = 0;
		while (!done.get()) {
			double now = received();
			assertThat(now).isGreaterThanOrEqualTo(last);
			last = now;
		}
		return null;
	}

	private double received() {
		return this.meters.get("wsecho.messages").tag("direction", "received").functionCounter().count();
	}

}
