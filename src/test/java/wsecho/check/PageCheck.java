package wsecho.check;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.WaitForSelectorOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import wsecho.check.table.Result;
import wsecho.check.table.Verdict;
import wsecho.fixture.Chromium;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The path check of a page, as a person runs it.
 *
 * @param page the page
 */
record PageCheck(Page page) implements BothChecks.Saving {

	private static final double LONGEST = 120_000;

	/** Opens the page behind a port of this machine, and starts the check. */
	static PageCheck start(Chromium chromium, int port, String idleSeconds, String... only) {
		String address = "http://localhost:" + port + "/";
		return (only.length == 0) ? start(chromium, address, idleSeconds)
				: start(withOnly(chromium.newPage(), only), address, idleSeconds);
	}

	static PageCheck start(Chromium chromium, String address, String idleSeconds) {
		return start(chromium.newPage(), address, idleSeconds);
	}

	/** Starts some checks of another table than the server's. */
	static PageCheck start(Chromium chromium, ObjectNode table, int port, String idleSeconds, String... only) {
		Page page = chromium.newPage();
		page.route("**/checks.json", (route) -> fulfill(route, table, only));
		return start(page, "http://localhost:" + port + "/", idleSeconds);
	}

	/** Runs only some checks of the table, and what they need. */
	private static Page withOnly(Page page, String... only) {
		page.route("**/checks.json",
				(route) -> fulfill(route, (ObjectNode) JsonMapper.shared().readTree(route.fetch().body()), only));
		return page;
	}

	private static void fulfill(Route route, ObjectNode table, String... only) {
		List<String> ids = new ArrayList<>(List.of("http", "handshake"));
		ids.addAll(List.of(only));
		ArrayNode checks = (ArrayNode) table.path("checks");
		checks.removeIf((check) -> !ids.contains(check.path("id").asString()));
		route.fulfill(new FulfillOptions().setBody(JsonMapper.shared().writeValueAsString(table)));
	}

	private static PageCheck start(Page page, String address, String idleSeconds) {
		page.navigate(address);
		// a test does not wait for as long as a person can choose to
		page.locator("input[name=idle][value='65']").evaluate("(radio, value) => radio.value = value", idleSeconds);
		page.locator("#check-start").click();
		return new PageCheck(page);
	}

	@Override
	public JsonNode results() throws IOException {
		this.page.waitForSelector("#check-export:not([hidden])", new WaitForSelectorOptions().setTimeout(LONGEST));
		Download saved = this.page.waitForDownload(() -> this.page.locator("#check-save").click());
		return JsonMapper.shared().readTree(Files.readString(saved.path()));
	}

	/** The row of a check, for people. */
	Locator row(String id) {
		return this.page.locator("#check-" + id);
	}

	static JsonNode result(JsonNode results, String id) {
		return results.path("checks")
			.valueStream()
			.filter((check) -> check.path("id").asString("").equals(id))
			.findFirst()
			.orElseThrow();
	}

	static void says(JsonNode results, String id, Verdict verdict, String regex) {
		JsonNode result = result(results, id);
		assertThat(result.path("verdict").asString() + " " + result.path("text").asString())
			.matches(verdict.text() + " " + regex);
	}

	/** That both say the same, but for numbers and what a page is not told. */
	static void isLike(JsonNode page, Result result) {
		Result likely = PageView.of(result);
		assertThat(page.path("verdict").asString() + ": " + withoutNumbers(page.path("text").asString()))
			.as(result.check().id())
			.isEqualTo(likely.verdict().text() + ": " + withoutNumbers(likely.text()));
	}

	private static String withoutNumbers(String text) {
		return text.replaceAll("\\d+(\\.\\d+)?( bytes)?", "#");
	}

	@Override
	public void close() {
		this.page.close();
	}

}
