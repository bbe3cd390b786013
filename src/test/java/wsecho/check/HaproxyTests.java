package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** What the check says of an HAProxy that is right, and wrong in one way each. */
@RunningService
class HaproxyTests {

	private static final Limit LIMIT = new Limit(5);

	private static final String TUNNEL = "timeout tunnel 1h";

	private static final String NO_DELAY = "option http-no-delay";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("set up rightly", this::right)
			.with("timeout tunnel is found, and pings help", () -> idle("timeout tunnel 5s"))
			.with("without timeout tunnel it is timeout server", () -> idle("timeout server 5s"))
			.with("a slow handshake is cut", this::slow)
			.with("an answer that is held is given up, and a silent stream", this::held)
			.with("a handshake that is answered late is given up", this::late)
			.tests();
	}

	private void right() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "", TUNNEL + "\n  " + NO_DELAY)) {
			Checked.at(proxy.port(), "3s").restPasses();
		}
	}

	private void idle(String limit) throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "", limit)) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED, LIMIT.idle("(network did \\(rst\\)|client did \\(fin\\))"))
				.sets("idle", "HAProxy: timeout tunnel")
				.restPasses("idle");
		}
	}

	private void held() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "", "timeout server 5s\n  " + TUNNEL)) {
			Checked.at(proxy.port(), "8s", "held-answer", "sse-idle", "sse-lifetime")
				.says("held-answer", Verdict.FAILED, LIMIT.heldFor(8))
				.sets("held-answer", "HAProxy: timeout server")
				.says("sse-idle", Verdict.FAILED,
						LIMIT.streamIdle("(network ended it \\(rst\\)|client ended it \\(fin\\))"))
				.sets("sse-idle", "HAProxy: timeout server")
				.restPasses("held-answer", "sse-idle");
		}
	}

	private void slow() throws Exception {
		String delay = "http-request set-query handshake-delay=3s&%[query]";
		try (Proxy proxy = Haproxy.before(this.directory, this.server, delay, "timeout server 1s")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.GAVE_UP)
				.sets("handshake", "HAProxy: timeout server");
		}
	}

	private void late() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "", "timeout server 2s\n  " + TUNNEL)) {
			Checked checked = Checked.at(proxy.port(), "0s", "slow-handshake");
			checked.says("slow-handshake", Verdict.FAILED, Checked.GIVEN_UP)
				.sets("slow-handshake", "HAProxy: timeout server");
			PageView.says(checked, "slow-handshake", Verdict.FAILED,
					"Given up after 2\\.\\d s: the handshake reached the server, which was to answer after 5\\.0 s, .*");
		}
	}

	@Test
	void asItComesItHoldsSmallEvents() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "", TUNNEL)) {
			Checked.at(proxy.port(), "0s", "sse-open", "sse-gaps", "push-live")
				.says("sse-gaps", Verdict.CHANGED,
						"Events were sent each 100 ms, and \\d+ of 20 came together with the one "
								+ "before: small ones are held for up to [12]\\d\\d ms on the way\\.")
				.sets("sse-gaps", "HAProxy: option http-no-delay")
				.restPasses("sse-gaps");
		}
	}

	@Test
	void methodsThatItRefusesAreNamed() throws Exception {
		String deny = "http-request deny if { method DELETE }";
		try (Proxy proxy = Haproxy.before(this.directory, this.server, deny, TUNNEL)) {
			Checked.at(proxy.port(), "0s", "methods")
				.says("methods", Verdict.CHANGED, "DELETE is refused with 403, and did not reach the server\\.");
		}
	}

	@Test
	void anUpgradeThatItRemovesIsTold() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "http-request del-header Upgrade", TUNNEL)) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.removed("Upgrade(, Connection)?"))
				.sets("handshake", "HAProxy: No http-request del-header for Upgrade.");
		}
	}

	@Test
	void aHostThatItChangesIsTold() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "http-request set-header Host u", TUNNEL)) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED, Checked.host("u"))
				.sets("host-and-origin", "HAProxy: No http-request set-header Host.");
		}
	}

	@Test
	void itsOwnRefusalsAreNotTheServers() throws Exception {
		try (Proxy proxy = Haproxy.before(this.directory, this.server, "http-request deny", TUNNEL)) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 403\\.")
				.says("handshake", Verdict.FAILED, Checked.other("403"));
		}
	}

	@Test
	void itsRateLimitIsNotTheServers() throws Exception {
		String limit = """
				stick-table type ip size 100 expire 1m store http_req_rate(1m)
				  http-request track-sc0 src
				  http-request deny deny_status 429 if { path_beg /websocket } { sc_http_req_rate(0) gt 1 }""";
		try (Proxy proxy = Haproxy.before(this.directory, this.server, limit, TUNNEL)) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED, Checked.other("429"))
				.restPasses("handshake");
		}
	}

}
