package wsecho.check;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page's path check in what may befall it, and how it shows it. */
@RunningService
class PageStatesTests {

	private static final String MARKUP = "<img src=x onerror=alert(1)>";

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	// as a laptop sleeps: for longer than a busy machine holds a timer up
	@Test
	void aBrowserThatIsStoppedCannotTell() throws Exception {
		try (PageCheck check = PageCheck.start(CHROMIUM, this.server, "20")) {
			assertThat(check.row("idle")).containsText("running");
			signal("STOP");
			TimeUnit.SECONDS.sleep(10);
			signal("CONT");
			JsonNode results = check.results();
			PageCheck.says(results, "idle", Verdict.CANT_TELL, "This machine slept or its clock was set .*");
			PageCheck.says(results, "lifetime", Verdict.CANT_TELL, "This machine slept .*");
		}
	}

	private static void signal(String name) throws Exception {
		List<String> command = new ArrayList<>(List.of("kill", "-" + name));
		ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").contains("chrom"))
			.forEach((process) -> command.add(Long.toString(process.pid())));
		assertThat(command).hasSizeGreaterThan(3);
		new ProcessBuilder(command).start().waitFor();
	}

	@Test
	void aPathThatIsDeadButOpenIsCalledSo() throws Exception {
		try (Relay relay = new Relay(this.server, Fault.GOES_DEAD);
				PageCheck check = PageCheck.start(CHROMIUM, relay.port(), "6", "idle")) {
			PageCheck.says(check.results(), "idle", Verdict.FAILED,
					"Open but dead: 3 of 3 sessions got no answer any more, and neither end was told\\. .*");
		}
	}

	@Test
	void thePageWorksUnderAPrefix() throws Exception {
		int port = Proxy.freePort();
		String prefixed = """
				server { listen 127.0.0.1:%d; location /tools/ws/ { proxy_pass http://127.0.0.1:%d/; %s } }
				""".formatted(port, this.server, Nginx.RIGHT);
		String address = "http://localhost:" + port + "/tools/ws/";
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT, prefixed);
				PageCheck check = PageCheck.start(CHROMIUM, address, "0")) {
			assertThat(proxy.port()).isNotEqualTo(port);
			assertThat(check.page().locator("#exchange li").last()).hasText("DISCONNECTED (1000 Closing, clean)");
			JsonNode results = check.results();
			assertThat(results.path("target").asString()).isEqualTo("ws://localhost:" + port + "/tools/ws/");
			assertThat(results.path("checks").valueStream().map((one) -> one.path("verdict").asString()))
				.containsOnly("pass", "not run");
			check.page().locator("nav a[href=console]").click();
			assertThat(check.page()).hasTitle("wsecho: console");
		}
	}

	@Test
	void aCheckThatIsStoppedSaysSo() throws Exception {
		try (PageCheck check = PageCheck.start(CHROMIUM, this.server, "900")) {
			assertThat(check.row("idle")).containsText("running");
			check.page().locator("#check-stop").click();
			assertThat(check.page().locator("#check-start")).isFocused();
			JsonNode results = check.results();
			assertThat(results.path("complete").asBoolean(true)).isFalse();
			PageCheck.says(results, "idle", Verdict.NOT_RUN, "It was stopped before\\.");
		}
	}

	@Test
	void aTableThatDoesNotArriveIsSaid() {
		try (Page page = CHROMIUM.newPage()) {
			page.route("**/checks.json", (route) -> route.fulfill(new FulfillOptions().setStatus(403).setBody(MARKUP)));
			page.navigate("http://localhost:" + this.server + "/");
			page.locator("#check-start").click();
			assertThat(page.locator("#check-status")).containsText("its table did not arrive");
			assertThat(page.locator("#check-start")).isEnabled();
		}
	}

	@Test
	void whatALedgerSaysIsNeverMarkup() {
		String id = "0".repeat(40);
		List<String> errors = new ArrayList<>();
		try (Page page = CHROMIUM.newPage()) {
			page.onPageError(errors::add);
			page.route("**/sessions/*", (route) -> route.fulfill(new FulfillOptions().setBody("""
					{"id": "@", "path": "@", "received": 7, "sent": {"last": "@", "messages": {}}, "pings": [],
					"start": "@", "end": {"time": "never", "by": ["@"], "how": null, "code": "@", "reason": 1e400}}
					""".replace("@", MARKUP))));
			page.navigate("http://localhost:" + this.server + "/#session=" + id);
			assertThat(page.locator("#ledger-answer table")).containsText(MARKUP);
			assertThat(page.locator("img")).hasCount(0);
			for (String nonsense : List.of("", "null", "[]", "{\"id\":1}", "{\"arrivals\":[null,1,{}]}", MARKUP)) {
				page.route("**/attempts/*", (route) -> route.fulfill(new FulfillOptions().setBody(nonsense)));
				page.locator("#ledger-key").fill("attempt-of-22-characters-or-more");
				page.waitForResponse("**/attempts/*", () -> page.locator("#ledger-form button").click());
			}
			assertThat(errors).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessibleInItsStates(ColorScheme scheme) throws Exception {
		NewPageOptions options = new NewPageOptions().setColorScheme(scheme).setViewportSize(320, 640);
		looksRight(options);
	}

	@Test
	void isAccessibleInForcedColours() throws Exception {
		looksRight(new NewPageOptions().setForcedColors(ForcedColors.ACTIVE));
	}

	/**
	 * Behind an nginx that passes nothing on: failed, not run, with both views of an
	 * attempt.
	 */
	private void looksRight(NewPageOptions options) throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, "", ""); Page page = CHROMIUM.newPage(options)) {
			page.navigate("http://localhost:" + proxy.port() + "/");
			assertThat(page.locator("#exchange li.error").first()).isVisible();
			assertFits(page);
			// what waits for an idle time is not run
			page.locator("input[name=idle][value='65']").evaluate("(radio) => radio.value = 0");
			page.locator("#check-start").click();
			assertFits(page);
			page.waitForSelector("#check-export:not([hidden])");
			page.locator("#check-handshake summary").last().click();
			page.locator("#check-handshake a").last().click();
			assertThat(page.locator("#ledger-answer table")).containsText("426");
			assertFits(page);
		}
	}

	private static void assertFits(Page page) throws Exception {
		try (InputStream axe = Objects.requireNonNull(PageStatesTests.class.getResourceAsStream("/axe.min.js"))) {
			page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + ";0");
		}
		assertThat(page.evaluate("axe.run().then(({violations}) => violations.map(({id, nodes}) => id + ': ' + "
				+ "nodes.map(({target}) => target.join(' ')).join(', ')))"))
			.isEqualTo(List.of());
		assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
	}

}
