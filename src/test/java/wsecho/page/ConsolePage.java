package wsecho.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.Chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The console in a browser, with what a person does there. */
final class ConsolePage implements AutoCloseable {

	/** How long a thing may take on a busy machine. */
	static final int PATIENCE_MILLIS = 60_000;

	/** The longest time between two frames, from now on. */
	private static final String WATCH = """
			window.longest = 0; let last = performance.now();
			(function frame() {
			  const now = performance.now();
			  window.longest = Math.max(window.longest, now - last); last = now;
			  requestAnimationFrame(frame);
			})();""";

	private static final JsonMapper JSON = new JsonMapper();

	private final Page page;

	private ConsolePage(Page page) {
		this.page = page;
		page.setDefaultTimeout(PATIENCE_MILLIS);
	}

	static ConsolePage open(Chromium chromium, int port) {
		return open(chromium, port, "");
	}

	static ConsolePage open(Chromium chromium, int port, String query) {
		return new ConsolePage(chromium.newPage(new NewPageOptions().setViewportSize(1440, 900))).go(port, query);
	}

	/** The page before it is loaded, for what has to be set up then. */
	static ConsolePage empty(Chromium chromium, NewPageOptions options) {
		return new ConsolePage(chromium.newPage(options));
	}

	ConsolePage go(int port, String query) {
		this.page.navigate("http://localhost:" + port + "/console" + query);
		// filled once the service has described itself
		assertThat(this.page.locator("#path option")).not().hasCount(1);
		return this;
	}

	Page page() {
		return this.page;
	}

	Locator by(String id) {
		return this.page.locator("#" + id);
	}

	ConsolePage connect() {
		by("connect").click();
		return state("open");
	}

	ConsolePage connect(String address) {
		by("address").fill(address);
		by("connect").click();
		return this;
	}

	ConsolePage state(String state) {
		assertThat(by("state")).hasText(state, new HasTextOptions().setTimeout(PATIENCE_MILLIS));
		return this;
	}

	ConsolePage send(String text) {
		by("message").fill(text);
		by("send").click();
		return this;
	}

	ConsolePage soak(int rate, int size, int count) {
		by("soak-rate").fill(String.valueOf(rate));
		by("soak-size").fill(String.valueOf(size));
		by("soak-count").fill(String.valueOf(count));
		by("soak-start").click();
		return this;
	}

	/** Waits for a row that contains the text. */
	ConsolePage logged(String text) {
		assertThat(this.page.locator("#log .window")).containsText(text, patiently());
		return this;
	}

	ConsolePage counts(String text) {
		assertThat(by("counts")).containsText(text, patiently());
		return this;
	}

	static ContainsTextOptions patiently() {
		return new ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
	}

	/** Direction, type, size and body of each row that is in the document. */
	List<String> rows() {
		return this.page.locator("#log .window [role=row]").all().stream().map(ConsolePage::row).toList();
	}

	private static String row(Locator row) {
		List<String> cells = row.locator("[role=gridcell]").allTextContents();
		return cells.get(2).substring(2) + " " + cells.get(3) + " " + cells.get(4) + ": " + cells.get(6);
	}

	/** The messages of them. */
	List<String> messages() {
		return rows().stream().filter((row) -> !row.startsWith("event")).toList();
	}

	/** Waits until there are as many. */
	ConsolePage messages(int count) {
		this.page.waitForCondition(() -> messages().size() == count);
		return this;
	}

	/** Begins to measure the frames. */
	ConsolePage watch() {
		this.page.evaluate(WATCH);
		return this;
	}

	/** For how many milliseconds the document could not be used. */
	int longestFrame() {
		return (Integer) this.page.evaluate("Math.round(longest)");
	}

	/** What a function body returns that has one of the console's modules as m. */
	Object module(String name, String body) {
		return this.page.evaluate("(async () => { const m = await import(new URL('./" + name + "', "
				+ "document.querySelector('script').src)); " + body + " })()");
	}

	/** What the page says in a new tab of the session, or of the attempt. */
	Locator timeline() {
		return this.page.waitForPopup(() -> by("timeline").click()).locator("#ledger-answer");
	}

	JsonNode har() throws Exception {
		Download download = this.page.waitForDownload(() -> by("har").click());
		Path file = download.path();
		return JSON.readTree(Files.readAllBytes(file));
	}

	/** What keeps people with assistive technology out: nothing. */
	void assertAccessible(String axe) {
		this.page.evaluate(axe + ";0");
		assertThat(this.page.evaluate("axe.run().then(({violations}) => violations.map(({id, nodes}) => "
				+ "id + ': ' + nodes.map(({target}) => target.join(' ')).join(', ')))"))
			.isEqualTo(List.of());
	}

	@Override
	public void close() {
		this.page.close();
	}

}
