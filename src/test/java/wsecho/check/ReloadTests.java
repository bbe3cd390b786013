package wsecho.check;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;
import wsecho.session.OpenSessions;

import static org.awaitility.Awaitility.await;

/**
 * What the check says when proxies are reloaded, and stopped, while sessions are idle.
 */
@RunningService
class ReloadTests {

	private static final int SESSIONS_OF_A_CHECK = 3;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private OpenSessions sessions;

	@TestFactory
	Stream<DynamicTest> endsAtOnceAreNoTimer() {
		CountDownLatch idle = new CountDownLatch(1);
		AtOnce cases = new AtOnce()
			.with("nginx reloads", () -> reloaded(Nginx.reloading(this.directory, this.server), "HUP", "fin", idle))
			.with("HAProxy reloads",
					() -> reloaded(Haproxy.reloading(this.directory, this.server), "USR2", "(fin|rst)", idle))
			.with("Caddy reloads",
					() -> reloaded(Caddy.before(this.directory, this.server, "", ""), "USR1", "close", idle))
			.with("nginx stops", () -> stopped(Nginx.reloading(this.directory, this.server), idle))
			.with("HAProxy stops", () -> stopped(Haproxy.before(this.directory, this.server, "", ""), idle))
			.with("Apache stops",
					() -> stopped(Apache.before(this.directory, this.server, "upgrade=websocket", ""), idle))
			.with("Envoy stops", () -> stopped(Envoy.before(this.directory, this.server, Envoy.RIGHT, "", ""), idle))
			.with("Traefik stops",
					() -> stopped(Traefik.before(this.directory, this.server, Traefik.NOTHING, ""), idle))
			.with("Caddy stops", () -> stopped(Caddy.before(this.directory, this.server, "", ""), idle));
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.sessions.count() == 9 * SESSIONS_OF_A_CHECK);
		idle.countDown();
		return cases.tests();
	}

	private static void reloaded(Proxy started, String signal, String how, CountDownLatch idle) throws Exception {
		try (Proxy proxy = started) {
			Checked.during(() -> proxy.signal(signal), idle, proxy.port(), "40s")
				.says("idle", Verdict.FAILED,
						"3 sessions that were opened seconds apart ended in the same moment; this end did not end them, and to "
								+ "the server the (client|network) did \\(" + how
								+ "\\)\\. Something between was reloaded or restarted; this is no timer\\.")
				.sets("idle", "Have clients reconnect with a delay at random.");
		}
	}

	// the server has seen who ended it, and cannot be asked: what stops may still have
	// connections made to it
	private static void stopped(Proxy started, CountDownLatch idle) throws Exception {
		try (Proxy proxy = started) {
			Checked.during(() -> proxy.signal("TERM"), idle, proxy.port(), "40s")
				.says("idle", Verdict.CANT_TELL,
						"3 of 3 sessions ended after \\d\\.\\d s to \\d\\.\\d s\\. Who ended them cannot be told: the server that "
								+ "had them did not answer \\((unreachable|silent(, and asked briefly)?)\\)\\.");
		}
	}

}
