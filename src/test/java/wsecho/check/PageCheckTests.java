package wsecho.check;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import wsecho.check.Relay.Fault;
import wsecho.fixture.Browser;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** That the page says what the command line says, wherever both can look. */
@RunningService
class PageCheckTests {

	private static final String RIGHT = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
			+ "proxy_set_header Connection upgrade; proxy_set_header Host $http_host;";

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
		CompletableFuture<Checked> checked = CompletableFuture.supplyAsync(() -> onCommandLine(port, idle),
				Together.THREADS);
		try (PageCheck page = PageCheck.start(chromium(), port, idle)) {
			JsonNode results = page.results();
			PageCheck.isLike(results, checked.join(), otherTexts);
			return results;
		}
	}

	private static Checked onCommandLine(int port, String idle) {
		try {
			return Checked.at(port, idle + "s");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void nothingBetweenIsAllRight() throws Exception {
		JsonNode results = both(this.server, "3", Map.of());
		assertThat(results.path("complete").asBoolean()).isTrue();
		assertThat(results.path("checks").valueStream().map((check) -> check.path("verdict").asString()))
			.containsOnly("pass", "not run");
	}

	@Test
	void nginxSetUpRightlyIsAllRight() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, RIGHT, "")) {
			both(proxy.port(), "3", Map.of());
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
		try (Proxy proxy = Nginx.before(this.directory, this.server, RIGHT + " proxy_read_timeout 3s;", "")) {
			JsonNode results = both(proxy.port(), "6", Map.of());
			PageCheck.says(results, "idle", Verdict.FAILED,
					"Cut after [34]\\.\\d s of silence by something between: this end did not end it, and to the server "
							+ "the client did \\(fin\\)\\.");
		}
	}

	// the relay adds its Close to the server's as well, and a second Close makes 1006 of
	// the first in Chromium
	@Test
	void relayThatMakesClosesOfEndsIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Fault.MAKES_CLOSES);
				PageCheck page = PageCheck.start(chromium(), relay.port(), "0")) {
			PageCheck.says(page.results(), "abnormal-end", Verdict.CHANGED,
					"The server broke off \\(FIN, no Close\\), and a Close 1000 arrived: something between speaks "
							+ "WebSocket itself.* The server broke off \\(RST, no Close\\).*");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "GATHERS", "CUTS_LARGE_FRAMES", "HOLDS_ENDS_BACK" })
	void relayIsToldFromOneThatIsRight(Fault fault) throws Exception {
		try (Relay relay = new Relay(this.server, fault)) {
			// a page is not told when the connection ends after the Closes
			both(relay.port(), "0", (fault == Fault.HOLDS_ENDS_BACK) ? Map.of("close-from-client", "") : Map.of());
		}
	}

}
