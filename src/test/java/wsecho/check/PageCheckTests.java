package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** That the page says what the command line says, wherever both can look. */
@RunningService
class PageCheckTests {

	// a handshake takes 5 s in slow-handshake: such a limit would be a race
	private static final Limit LIMIT = new Limit(3);

	private static final String[] LIMITS = { "slow-handshake", "idle", "idle-with-pings", "lifetime" };

	private static final String[] STREAMS = { "held-answer", "sse-idle", "sse-lifetime" };

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> rightPathsPass() {
		return new BothChecks(CHROMIUM, "3").with("nothing", () -> Hop.none(this.server), PageCheckTests::allPasses)
			.with("nginx", () -> Nginx.before(this.directory, this.server, Nginx.RIGHT, ""), PageCheckTests::allPasses)
			.with("HAProxy", () -> Haproxy.before(this.directory, this.server, "", Haproxy.RIGHT),
					PageCheckTests::allPasses)
			.with("Traefik", () -> Traefik.before(this.directory, this.server, Traefik.NOTHING, ""),
					(results) -> PageCheck.says(results, "host-and-origin", Verdict.CHANGED,
							"X-Forwarded-Proto tells the server ws, and the client uses http: .*"))
			.tests();
	}

	@TestFactory
	Stream<DynamicTest> otherRightPathsPass() {
		return new BothChecks(CHROMIUM, "3")
			.with("Envoy", () -> Envoy.before(this.directory, this.server, Envoy.RIGHT, "", ""),
					PageCheckTests::allPasses)
			.with("Apache", () -> Apache.before(this.directory, this.server, "upgrade=websocket", Apache.RIGHT),
					PageCheckTests::allPasses)
			.with("Caddy", () -> Caddy.before(this.directory, this.server, "", ""), PageCheckTests::allPasses)
			.tests();
	}

	private static void allPasses(JsonNode results) {
		assertThat(results.path("complete").asBoolean()).isTrue();
		assertThat(results.path("checks").valueStream()).allSatisfy((check) -> {
			assertThat(check.path("verdict").asString()).isIn("pass", "not run");
			// a browser begins no handshake to an address while it waits for another
			// there
			int longest = check.path("id").asString().equals("slow-handshake") ? 15_000 : 4000;
			assertThat(check.path("facts").valueStream())
				.allSatisfy((facts) -> assertThat(facts.path("open.ms").asInt(0)).isLessThan(longest));
		});
	}

	@TestFactory
	Stream<DynamicTest> limitsAreFound() {
		return new BothChecks(CHROMIUM, "6")
			.with("nginx", () -> Nginx.before(this.directory, this.server, Nginx.RIGHT + " proxy_read_timeout 3s;", ""),
					idle("client did \\(fin\\)"))
			.with("HAProxy", () -> Haproxy.before(this.directory, this.server, "", "timeout tunnel 3s"),
					idle("(network did \\(rst\\)|client did \\(fin\\))"), LIMITS)
			.with("Envoy",
					() -> Envoy.before(this.directory, this.server, Envoy.RIGHT + "\n          stream_idle_timeout: 3s",
							"", ""),
					idle("client did \\(fin\\)"), LIMITS)
			.with("Apache",
					() -> Apache.before(this.directory, this.server, "upgrade=websocket", Apache.RIGHT + "\nTimeout 3"),
					idle("client did \\(fin\\)"), LIMITS)
			.with("Caddy", () -> Caddy.before(this.directory, this.server, "stream_timeout 3s", ""),
					(results) -> PageCheck.says(results, "lifetime", Verdict.FAILED, LIMIT.life()), LIMITS)
			.with("nginx that cuts silent streams",
					() -> Nginx.plain(this.directory, this.server, Nginx.PLAIN + " proxy_read_timeout 3s;", ""),
					(results) -> {
						PageCheck.says(results, "sse-idle", Verdict.FAILED,
								LIMIT.streamIdle("client ended it \\(fin\\)"));
						PageCheck.says(results, "sse-lifetime", Verdict.PASS, "An event came each second for .*");
					}, STREAMS)
			.with("Envoy that cuts streams in use",
					() -> Envoy.before(this.directory, this.server, Envoy.RIGHT, "timeout: 3s", ""),
					(results) -> PageCheck.says(results, "sse-lifetime", Verdict.FAILED, LIMIT.streamLife()), STREAMS)
			.tests();
	}

	private static BothChecks.Expectation idle(String who) {
		return (results) -> PageCheck.says(results, "idle", Verdict.FAILED, LIMIT.idle(who));
	}

	@TestFactory
	Stream<DynamicTest> whatReachedTheServerNamesTheCause() {
		String removed = "The handshake reached the server without Upgrade, and was refused with 426: something "
				+ "between removed it\\.";
		return new BothChecks(CHROMIUM, "0")
			.with("nginx that is told nothing", () -> Nginx.before(this.directory, this.server, "", ""),
					handshake("The handshake reached the server as HTTP/1.0, and was refused with 426: something "
							+ "between speaks HTTP/1.0 to the server\\."))
			.with("Envoy that is told nothing", () -> Envoy.before(this.directory, this.server, "", "", ""),
					handshake("Nothing of the handshake reached the server, while plain HTTP does: something between "
							+ "refuses handshakes by itself, leads them elsewhere, or removes their query\\."))
			.with("Apache that is told nothing", () -> Apache.before(this.directory, this.server, "", Apache.RIGHT),
					handshake(removed))
			.with("HAProxy that removes Upgrade",
					() -> Haproxy.before(this.directory, this.server, "http-request del-header Upgrade", Haproxy.RIGHT),
					handshake(removed))
			.with("Caddy that removes Upgrade",
					() -> Caddy.before(this.directory, this.server, "header_up -Upgrade", ""), handshake(removed))
			.with("Traefik that removes Upgrade",
					() -> Traefik.before(this.directory, this.server, "headers: {customRequestHeaders: {Upgrade: ''}}",
							""),
					handshake(removed))
			.tests();
	}

	private static BothChecks.Expectation handshake(String text) {
		return (results) -> PageCheck.says(results, "handshake", Verdict.FAILED, text);
	}

	// the relay adds its Close to the server's as well, and a second Close makes 1006 of
	// the first in Chromium
	@Test
	void relayThatMakesClosesOfEndsIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Fault.MAKES_CLOSES);
				PageCheck page = PageCheck.start(CHROMIUM, relay.port(), "0", "abnormal-end")) {
			PageCheck.says(page.results(), "abnormal-end", Verdict.CHANGED,
					"The server broke off \\(FIN, no Close\\), and a Close 1000 arrived: something between speaks "
							+ "WebSocket itself.* The server broke off \\(RST, no Close\\).*");
		}
	}

	@TestFactory
	Stream<DynamicTest> relaysAreToldFromThoseThatAreRight() {
		return new BothChecks(CHROMIUM, "0")
			.with("one that gathers", () -> new Relay(this.server, Fault.GATHERS), fails("push-live"), "push-live")
			.with("one with a limit of size", () -> new Relay(this.server, Fault.CUTS_LARGE_FRAMES),
					fails("text", "sizes"), "text", "sizes")
			.with("one that holds ends back", () -> new Relay(this.server, Fault.HOLDS_ENDS_BACK),
					fails("abnormal-end"), "abnormal-end")
			.tests();
	}

	private static BothChecks.Expectation fails(String... checks) {
		return (results) -> assertThat(checks)
			.allSatisfy((check) -> PageCheck.says(results, check, Verdict.FAILED, ".*"));
	}

}
