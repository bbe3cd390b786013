package wsecho.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import wsecho.session.OpenSessions;

import static org.awaitility.Awaitility.await;

/** What the check says to somebody who replaces a proxy, or a server, while it runs. */
@RunningService
class RolloutTests {

	private static final String CUT = "1 of 1 sessions ended without a Close, .*";

	private static final String TOLD = "Sessions ended: 1, each with a Close \\(1001\\)\\. ";

	/** The session of the check for a handshake, which comes first, is over before. */
	private static final Duration LONGER_THAN_A_CHECK = Duration.ofSeconds(1);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private OpenSessions sessions;

	@TestFactory
	Stream<DynamicTest> reloads() throws Exception {
		return Stream.of(
				reload("nginx", Nginx.reloading(this.directory, this.server), "HUP", Verdict.FAILED, CUT,
						"nginx: worker_shutdown_timeout"),
				reload("HAProxy", Haproxy.reloading(this.directory, this.server), "USR2", Verdict.FAILED, CUT,
						"HAProxy: hard-stop-after"),
				reload("Caddy", Caddy.before(this.directory, this.server, "", ""), "USR1", Verdict.PASS,
						TOLD + "Each next handshake opened another; .*", ""));
	}

	private DynamicTest reload(String name, Proxy started, String signal, Verdict verdict, String text, String set) {
		return DynamicTest.dynamicTest(name, () -> {
			try (Proxy proxy = started) {
				Future<?> reload = onceOneIsOpen(() -> proxy.signal(signal));
				Checked checked = Checked.at(proxy.port(), "6s", "drain").says("drain", verdict, text);
				if (!set.isEmpty()) {
					checked.sets("drain", set);
				}
				reload.get();
			}
		});
	}

	@Test
	void nothingThatHappensIsNoPass() throws Exception {
		Checked.at(this.server, "3s", "drain")
			.says("drain", Verdict.CANT_TELL, "Nothing ended the session in 3\\.0 s\\. .*");
	}

	@Test
	void aServerThatStopsTellsItsSessionsAndIsMissed() throws Exception {
		try (ServiceProcess stopping = ServiceProcess.start();
				Proxy proxy = Nginx.before(this.directory, stopping.port(), Nginx.RIGHT, "")) {
			long listening = stopping.sockets();
			Future<?> stop = once(() -> stopping.sockets() > listening, stopping::terminate);
			Checked.at(proxy.port(), "8s", "drain")
				.says("drain", Verdict.FAILED,
						"A session ended, and for the \\d\\.\\d s that were left none opened: (503, )?502\\.");
			stop.get();
		}
	}

	private Future<?> onceOneIsOpen(AtOnce.Case event) {
		return once(() -> this.sessions.count() == 1, event);
	}

	private static Future<?> once(Callable<Boolean> open, AtOnce.Case event) {
		ExecutorService beside = Executors.newSingleThreadExecutor();
		Future<?> happening = beside.submit(() -> {
			await().atMost(Duration.ofSeconds(20)).during(LONGER_THAN_A_CHECK).until(open);
			event.run();
			return null;
		});
		beside.shutdown();
		return happening;
	}

}
