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

/** What the check says of a Caddy that is right, and wrong in one way each. */
@RunningService
class CaddyTests {

	private static final Limit LIMIT = new Limit(5);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("set up rightly", this::right)
			.with("a limit on the whole life is found", this::life)
			.with("a slow handshake is cut", this::slow)
			.tests();
	}

	private void right() throws Exception {
		try (Proxy proxy = Caddy.before(this.directory, this.server, "", "")) {
			Checked.at(proxy.port(), "3s")
				.says("early-answer", Verdict.CHANGED, Checked.BODY_LOST)
				.sets("early-answer", "Caddy: enable_full_duplex")
				.restPasses("early-answer");
		}
	}

	@Test
	void aBodyIsReadOnOnceItsAnswerHasBegunIfItIsTold() throws Exception {
		try (Proxy proxy = Caddy.duplex(this.directory, this.server)) {
			Checked.at(proxy.port(), "0s", "body-up", "early-answer").restPasses();
		}
	}

	private void life() throws Exception {
		try (Proxy proxy = Caddy.before(this.directory, this.server, "stream_timeout 5s", "")) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)"))
				.says("idle-with-pings", Verdict.FAILED, LIMIT.idleWithPings())
				.says("lifetime", Verdict.FAILED, LIMIT.life())
				.sets("lifetime", "Caddy: stream_timeout")
				.restPasses("idle", "idle-with-pings", "lifetime");
		}
	}

	private void slow() throws Exception {
		String delay = "rewrite /websocket/handshake?handshake-delay=3s&{query}\ntransport http {\nresponse_header_timeout 1s\n}";
		try (Proxy proxy = Caddy.before(this.directory, this.server, delay, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.GAVE_UP)
				.sets("handshake", "Caddy: response_header_timeout");
		}
	}

	@Test
	void anUpgradeThatItRemovesIsTold() throws Exception {
		try (Proxy proxy = Caddy.before(this.directory, this.server, "header_up -Upgrade", "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.removed("Upgrade"))
				.sets("handshake", "Caddy: No header_up -Upgrade.");
		}
	}

	@Test
	void aHostThatItChangesIsTold() throws Exception {
		try (Proxy proxy = Caddy.before(this.directory, this.server, "header_up Host {upstream_hostport}", "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED, Checked.host("127.0.0.1:" + this.server))
				.sets("host-and-origin", "Caddy: No header_up Host.");
		}
	}

	@Test
	void itsOwnRefusalsAreNotTheServers() throws Exception {
		try (Proxy proxy = Caddy.before(this.directory, this.server, "", "respond /websocket/* 403")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED, Checked.other("403 from Caddy"))
				.restPasses("handshake");
		}
	}

	@Test
	void withoutAServerItIsNoRefusalOfTheServer() throws Exception {
		try (Proxy proxy = Caddy.before(this.directory, Proxy.freePort(), "", "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 502(, from Caddy)?\\.")
				.says("handshake", Verdict.FAILED, Checked.UNREACHED);
		}
	}

}
