package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;

/**
 * Two instances in turn: the one that is asked how a session ended may not be the one
 * that had it. Who ended it is told rightly, or not at all.
 */
@RunningService
class ReplicasTests {

	private static final Limit LIMIT = new Limit(5);

	private static final String AFFINITY = "\\d+ of 10 connections were negotiated with one instance and reached another, "
			+ "though cookies were kept: .*";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@SuppressWarnings("NullAway.Init")
	private ServiceProcess other;

	@SuppressWarnings("NullAway.Init")
	private int[] both;

	@BeforeEach
	void startAnother() throws Exception {
		this.other = ServiceProcess.start();
		this.both = new int[] { this.server, this.other.port() };
	}

	@AfterEach
	void stopIt() {
		this.other.close();
	}

	@TestFactory
	Stream<DynamicTest> whatBothSawIsAskedOfBoth() {
		return new AtOnce().with("behind nginx", () -> right(Nginx.before(this.directory, this.both, Nginx.RIGHT)))
			.with("behind HAProxy", () -> right(Haproxy.before(this.directory, this.both)))
			.with("behind an nginx with an idle limit", this::idle)
			.tests();
	}

	private static void right(Proxy started) throws Exception {
		try (Proxy proxy = started) {
			Checked.at(proxy.port(), "3s")
				.says("affinity", Verdict.CHANGED, AFFINITY)
				.restPassesOrCannotBeTold("affinity");
		}
	}

	@Test
	void whereOneIsChosenByChanceThereIsNoAffinity() throws Exception {
		try (Proxy proxy = Nginx.balancing(this.directory, this.both, "random;")) {
			Checked.at(proxy.port(), "0s", "affinity")
				.says("affinity", Verdict.CHANGED, AFFINITY)
				.sets("affinity", "nginx: ip_hash;");
		}
	}

	@Test
	void whereOneIsChosenByTheAddressThereIs() throws Exception {
		try (Proxy proxy = Nginx.balancing(this.directory, this.both, "ip_hash;")) {
			Checked.at(proxy.port(), "0s", "affinity", "signalr-transports").restPasses();
		}
	}

	@Test
	void affinityByCookieIsForThoseWhoKeepThem() throws Exception {
		try (Proxy proxy = Haproxy.sticky(this.directory, this.both)) {
			Checked.at(proxy.port(), "0s", "affinity", "signalr-transports")
				.says("affinity", Verdict.CHANGED,
						"\\d+ of 10 connections of a client without cookies were negotiated with one instance and "
								+ "reached another\\.")
				.sets("affinity", "Affinity is by cookie")
				.restPasses("affinity");
		}
	}

	private void idle() throws Exception {
		String limit = Nginx.RIGHT + " proxy_read_timeout 5s;";
		try (Proxy proxy = Nginx.before(this.directory, this.both, limit)) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)"))
				.restPassesOrCannotBeTold("idle");
		}
	}

}
