package wsecho.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import wsecho.session.OpenSessions;

import static org.awaitility.Awaitility.await;

/** Two instances in turn, one of which ends, and with it what it knew of its sessions. */
@RunningService
class LostReplicaTests {

	// one that stops may be asked for a moment yet
	private static final String NOT_TOLD = "The server itself ended it .*|[12] of 3 sessions ended after \\d+\\.\\d s to \\d+\\.\\d s\\. Who ended them "
			+ "cannot be told: the server that had them did not answer \\((elsewhere|unknown|unreachable)\\)\\.";

	private static final int SESSIONS_OF_BOTH_CHECKS = 6;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private OpenSessions sessions;

	@SuppressWarnings("NullAway.Init")
	private ServiceProcess killed;

	@SuppressWarnings("NullAway.Init")
	private ServiceProcess stopped;

	@BeforeEach
	void startOthers() throws Exception {
		this.killed = ServiceProcess.start();
		this.stopped = ServiceProcess.start();
	}

	@AfterEach
	void stopThem() {
		this.killed.close();
		this.stopped.close();
	}

	@TestFactory
	Stream<DynamicTest> whoEndedItsSessionsCannotBeTold() throws Exception {
		CountDownLatch idle = new CountDownLatch(1);
		long listening = this.killed.sockets() + this.stopped.sockets();
		AtOnce cases = new AtOnce().with("killed", () -> check(this.killed, ServiceProcess::kill, idle))
			.with("stopped", () -> check(this.stopped, ServiceProcess::terminate, idle));
		await().atMost(Duration.ofSeconds(60))
			.until(() -> this.sessions.count() + sockets() - listening == SESSIONS_OF_BOTH_CHECKS);
		idle.countDown();
		return cases.tests();
	}

	private long sockets() throws IOException {
		return this.killed.sockets() + this.stopped.sockets();
	}

	private void check(ServiceProcess other, Consumer<ServiceProcess> end, CountDownLatch idle) throws Exception {
		int[] both = { this.server, other.port() };
		try (Proxy proxy = Nginx.before(this.directory, both, Nginx.RIGHT)) {
			Checked.during(() -> end.accept(other), idle, proxy.port(), "6s")
				.says("idle", Verdict.CANT_TELL, "(" + NOT_TOLD + ")");
		}
	}

}
