package wsecho.check;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** What the check says of an Apache that is right, and wrong in one way each. */
@RunningService
class ApacheTests {

	private static final Limit LIMIT = new Limit(5);

	private static final String UPGRADE = "upgrade=websocket";

	private static final String NAME = "Apache/2\\.4\\.\\d+ .*";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("set up rightly", this::right)
			.with("an idle limit is found, and pings help", this::idle)
			.with("a slow handshake is cut, with a 502", this::slow)
			.tests();
	}

	private void right() throws Exception {
		try (Proxy proxy = Apache.before(this.directory, this.server, UPGRADE, Apache.RIGHT)) {
			// it sends no answer on before it has the whole body
			Checked.at(proxy.port(), "3s").says("body-up", Verdict.CHANGED, Checked.GATHERED_UP).restPasses("body-up");
		}
	}

	private void idle() throws Exception {
		try (Proxy proxy = Apache.before(this.directory, this.server, UPGRADE, Apache.RIGHT + "\nTimeout 5")) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)"))
				.sets("idle", "Apache: Timeout, or timeout= of ProxyPass")
				.restPasses("idle");
		}
	}

	private void slow() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				Proxy proxy = Apache.before(this.directory, silent.getLocalPort(), UPGRADE + " timeout=1", "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.UNREACHED)
				.sets("handshake", "Apache: Timeout, or timeout= of ProxyPass, too");
		}
	}

	@Test
	void passesNoUpgradeOnUnlessItIsSet() throws Exception {
		try (Proxy proxy = Apache.before(this.directory, this.server, "", Apache.RIGHT)) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.removed("Upgrade, Connection"))
				.sets("handshake", "Apache: ProxyPass … upgrade=websocket");
		}
	}

	@Test
	void aHostThatIsNotPassedOnIsTold() throws Exception {
		try (Proxy proxy = Apache.before(this.directory, this.server, UPGRADE, "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED, Checked.host("127.0.0.1:" + this.server))
				.sets("host-and-origin", "Apache: ProxyPreserveHost On");
		}
	}

	@Test
	void itsOwnRefusalsAreNotTheServers() throws Exception {
		String denied = "<Location /websocket>\nRequire all denied\n</Location>";
		try (Proxy proxy = Apache.before(this.directory, this.server, UPGRADE, denied)) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED, Checked.other("403 from " + NAME))
				.restPasses("handshake");
		}
	}

	@Test
	void withoutAServerItIsNoRefusalOfTheServer() throws Exception {
		try (Proxy proxy = Apache.before(this.directory, Proxy.freePort(), UPGRADE, "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 503, from " + NAME + "\\.")
				.says("handshake", Verdict.FAILED, Checked.other("503 from " + NAME));
		}
	}

}
