package wsecho.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.check.Relay.Fault;
import wsecho.check.script.Threads;
import wsecho.check.table.Verdict;
import wsecho.fixture.Browser;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** That the page says what the command line says, wherever both can look. */
@RunningService
class PageCheckTests {

	// a page is not told what a refusal said
	private static final String REFUSAL = "The server refused as it was asked to, and one handshake reached it.";

	private static final Map<String, String> REFUSED = Map.of("refusal", REFUSAL, "slow-handshake",
			"Given up after # s: the handshake reached the server, which was to answer after # s, and failed here "
					+ "before. Something between does not wait longer.");

	private static @Nullable Browser chromium;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@BeforeAll
	static void start() {
		chromium = Browser.start();
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
	}

	private static Browser chromium() {
		return Objects.requireNonNull(chromium);
	}

	/** Runs both at once, compares them, and returns what the page says. */
	private static JsonNode both(int port, String idle, Map<String, String> otherTexts) throws Exception {
		CompletableFuture<Checked> checked = onCommandLine(port, idle);
		try (PageCheck page = PageCheck.start(chromium(), port, idle)) {
			JsonNode results = page.results();
			PageCheck.isLike(results, checked.join(), otherTexts);
			return results;
		}
	}

	private static CompletableFuture<Checked> onCommandLine(int port, String idle, String... only) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return Checked.at(port, idle + "s", only);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, Threads.EACH);
	}

	@Test
	void nothingBetweenIsAllRight() throws Exception {
		JsonNode results = both(this.server, "3", Map.of("refusal", REFUSAL));
		assertThat(results.path("complete").asBoolean()).isTrue();
		assertThat(results.path("checks").valueStream().map((check) -> check.path("verdict").asString()))
			.containsOnly("pass", "not run");
	}

	// a browser begins no handshake to an address while it waits for another there
	@Test
	void aHandshakeThatIsAnsweredLateHoldsNoOtherUp() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT, "");
				PageCheck page = PageCheck.start(chromium(), proxy.port(), "3")) {
			assertThat(page.results().path("checks").valueStream()).allSatisfy((check) -> {
				assertThat(check.path("verdict").asString()).isIn("pass", "not run");
				int longest = check.path("id").asString().equals("slow-handshake") ? 10_000 : 4000;
				assertThat(check.path("facts").valueStream())
					.allSatisfy((facts) -> assertThat(facts.path("open.ms").asInt(0)).isLessThan(longest));
			});
		}
	}

	@Test
	void nginxThatPassesNothingOnIsNamedByWhatReachedTheServer() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, "", "")) {
			both(proxy.port(), "0", Map.of("handshake", "The handshake reached the server as HTTP/#, and was refused "
					+ "with #: something between speaks HTTP/# to the server."));
		}
	}

	@Test
	void theLimitOfNginxIsFoundAndBothEndsAreShown() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT + " proxy_read_timeout 3s;", "")) {
			JsonNode results = both(proxy.port(), "6", REFUSED);
			PageCheck.says(results, "idle", Verdict.FAILED,
					"Cut after [34]\\.\\d s of silence by something between: this end did not end it, and to the server "
							+ "the client did \\(fin\\) after [34]\\.\\d s\\..*");
		}
	}

	// the relay adds its Close to the server's as well, and a second Close makes 1006 of
	// the first in Chromium
	@Test
	void relayThatMakesClosesOfEndsIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Fault.MAKES_CLOSES);
				PageCheck page = PageCheck.startOnly(chromium(), relay.port(), "abnormal-end")) {
			PageCheck.says(page.results(), "abnormal-end", Verdict.CHANGED,
					"The server broke off \\(FIN, no Close\\), and a Close 1000 arrived: something between speaks "
							+ "WebSocket itself.* The server broke off \\(RST, no Close\\).*");
		}
	}

	@Test
	void relaysAreToldFromThoseThatAreRight() throws Exception {
		try (Faulty gatherer = faulty(Fault.GATHERS, "push-live");
				Faulty limit = faulty(Fault.CUTS_LARGE_FRAMES, "text", "sizes");
				Faulty holder = faulty(Fault.HOLDS_ENDS_BACK, "abnormal-end")) {
			gatherer.isTold();
			limit.isTold();
			holder.isTold();
		}
	}

	private Faulty faulty(Fault fault, String... checks) throws Exception {
		Relay relay = new Relay(this.server, fault);
		return new Faulty(relay, onCommandLine(relay.port(), "0", checks),
				PageCheck.startOnly(chromium(), relay.port(), checks), List.of(checks));
	}

	/** A relay of which both say the same: that it fails. */
	private record Faulty(Relay relay, CompletableFuture<Checked> checked, PageCheck page,
			List<String> checks) implements AutoCloseable {

		void isTold() throws Exception {
			JsonNode results = this.page.results();
			PageCheck.isLike(results, this.checked.join(), Map.of());
			assertThat(this.checks).allSatisfy((check) -> PageCheck.says(results, check, Verdict.FAILED, ".*"));
		}

		@Override
		public void close() throws IOException {
			this.page.close();
			this.relay.close();
		}

	}

}
