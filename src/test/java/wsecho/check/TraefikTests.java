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

/** What the check says of a Traefik that is right, and wrong in one way each. */
@RunningService
class TraefikTests {

	private static final String SCHEME = "X-Forwarded-Proto tells the server ws, and the client uses http: .*";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("set up rightly", this::right)
			.with("its middlewares for bodies touch no session", this::buffering)
			.tests();
	}

	// software that takes its scheme from X-Forwarded-Proto is told ws
	private void right() throws Exception {
		try (Proxy proxy = Traefik.before(this.directory, this.server, Traefik.NOTHING, "")) {
			Checked.at(proxy.port(), "3s")
				.says("host-and-origin", Verdict.CHANGED, SCHEME)
				.sets("host-and-origin", "Traefik: It says ws or wss")
				.says("early-answer", Verdict.CHANGED, Checked.BODY_LOST)
				.sets("early-answer", "Go's HTTP/1.1 server")
				.restPasses("host-and-origin", "early-answer");
		}
	}

	private void buffering() throws Exception {
		String middleware = "buffering: {maxRequestBodyBytes: 1000, maxResponseBodyBytes: 1000}";
		try (Proxy proxy = Traefik.before(this.directory, this.server, middleware, "")) {
			Checked.at(proxy.port(), "0s", "text", "sizes", "push-live").restPasses();
		}
	}

	@Test
	void itsBufferingGathersAnswersAndBodies() throws Exception {
		try (Proxy proxy = Traefik.before(this.directory, this.server, "buffering: {memRequestBodyBytes: 1000}", "")) {
			Checked.at(proxy.port(), "0s", "sse-open", "sse-gaps", "body-up", "methods", "long-query")
				.says("sse-open", Verdict.FAILED, Checked.GATHERED + "-Buffering: no too: something between gathers .*")
				.sets("sse-open", "Traefik: No buffering middleware")
				.says("sse-gaps", Verdict.FAILED, "20 events, sent each 100 ms, came within \\d+ ms: .*")
				.says("body-up", Verdict.CHANGED, Checked.GATHERED_UP)
				.sets("body-up", "Traefik: No buffering middleware")
				.restPasses("sse-open", "sse-gaps", "body-up");
		}
	}

	@Test
	void anUpgradeThatItRemovesIsTold() throws Exception {
		String middleware = "headers: {customRequestHeaders: {Upgrade: ''}}";
		try (Proxy proxy = Traefik.before(this.directory, this.server, middleware, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.removed("Upgrade, Connection"))
				.sets("handshake", "Traefik: No middleware that removes Upgrade or Connection.");
		}
	}

	@Test
	void aHostThatIsNotPassedOnIsTold() throws Exception {
		try (Proxy proxy = Traefik.before(this.directory, this.server, Traefik.NOTHING, "passHostHeader: false")) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED, Checked.host("127.0.0.1:" + this.server))
				.sets("host-and-origin", "Traefik: passHostHeader: true");
		}
	}

	@Test
	void itsOwnRefusalsAreNotTheServers() throws Exception {
		String middleware = "ipAllowList: {sourceRange: [192.0.2.1]}";
		try (Proxy proxy = Traefik.before(this.directory, this.server, middleware, "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 403\\.")
				.says("handshake", Verdict.FAILED, Checked.other("403"));
		}
	}

	@Test
	void itsRateLimitIsNotTheServers() throws Exception {
		String middleware = "rateLimit: {average: 1, period: 1m}";
		try (Proxy proxy = Traefik.before(this.directory, this.server, middleware, "")) {
			Checked.at(proxy.port(), "0s", "handshake").restPasses();
			Checked.at(proxy.port(), "0s", "handshake").says("handshake", Verdict.FAILED, Checked.other("429"));
		}
	}

	@Test
	void withoutAServerItIsNoRefusalOfTheServer() throws Exception {
		try (Proxy proxy = Traefik.before(this.directory, Proxy.freePort(), Traefik.NOTHING, "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 502\\.")
				.says("handshake", Verdict.FAILED, Checked.UNREACHED);
		}
	}

}
