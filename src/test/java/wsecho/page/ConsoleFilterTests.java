package wsecho.page;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The filter of the console's log. */
@RunningService
class ConsoleFilterTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	@Test
	void filterHidesTheOthersOrHighlightsAmongThem() {
		try (ConsolePage console = open("").connect()) {
			console.soak(0, 20, 1000).counts("2,002 rows");
			console.by("filter-text").fill("soak 1 50[0-4] ");
			console.by("filter-regex").check();
			console.counts("10 matches");
			assertThat(console.messages()).hasSize(10).allMatch((row) -> row.contains("soak 1 50"));
			Locator fifth = console.page().locator("#log .window [role=row]").nth(4);
			fifth.click();
			String top = String.valueOf(fifth.boundingBox().y);
			String body = fifth.locator(".body").textContent();
			console.page().check("[name=mode][value=highlight]");
			Locator same = console.page().locator("#log [aria-selected=true]");
			assertThat(same.locator(".body")).hasText(body);
			assertThat(String.valueOf(same.boundingBox().y)).isEqualTo(top);
			// its neighbours have appeared around it
			assertThat(console.page().locator("#log .window [role=row]:not(.hit)").first()).isVisible();
			console.by("filter-direction").selectOption("received");
			console.counts("5 matches");
			console.by("next").click();
			assertThat(same).hasClass(Pattern.compile("\\breceived\\b.*\\bhit\\b"));
		}
	}

	// its matches are told little by little, and those before it move it
	@Test
	void selectedRowStaysWhereItIsUnderAnExpression() {
		try (ConsolePage console = open("").connect()) {
			console.soak(0, 20, 1000).counts("2,002 rows");
			console.by("filter-text").fill("soak 1 500 ");
			console.counts("2 matches.").page().locator("#log .received").click();
			console.by("filter-text").fill("");
			Locator selected = console.page().locator("#log [aria-selected=true]");
			assertThat(console.page().locator("#log .window [role=row]").last()).isVisible();
			String top = String.valueOf(selected.boundingBox().y);
			console.by("filter-regex").check();
			console.by("filter-text").fill("soak 1 \\d*0 ");
			console.counts("200 matches.");
			assertThat(selected.locator(".body")).containsText("soak 1 500 ");
			assertThat(String.valueOf(selected.boundingBox().y)).isEqualTo(top);
		}
	}

	@Test
	void wrongExpressionIsSaid() {
		try (ConsolePage console = open("")) {
			console.by("filter-regex").check();
			console.by("filter-text").fill("(");
			assertThat(console.by("filter-note")).containsText("Invalid regular expression");
			assertThat(console.by("filter-text")).hasAttribute("aria-invalid", "true");
		}
	}

	// it would take 2^64 steps
	@Test
	void expressionWithoutEndIsEndedAndHoldsNothingUp() {
		try (ConsolePage console = open("").connect().send("a".repeat(64) + "!").messages(2)) {
			console.watch().by("filter-regex").check();
			console.by("filter-text").fill("^(a+)+$");
			assertThat(console.by("counts")).containsText("so far");
			console.send("meanwhile").logged("received");
			assertThat(console.by("filter-note")).containsText("takes too long", ConsolePage.patiently());
			assertThat(console.by("filter-text")).hasAttribute("aria-invalid", "true");
			assertThat(console.longestFrame()).isLessThan(1000);
			assertThat(console.messages(4).by("counts")).not().containsText("match");
			console.by("filter-text").fill("^A+!$");
			console.counts("2 matches.").messages(2);
			assertThat(console.by("filter-note")).isEmpty();
		}
	}

	@Test
	void expressionThatCannotBeEvaluatedIsSaid() {
		try (ConsolePage console = open("").connect().send("a").messages(2)) {
			console.page().route("**/expression-worker.mjs", (route) -> route.abort());
			console.by("filter-regex").check();
			console.by("filter-text").fill("b");
			assertThat(console.by("filter-note")).containsText("Load the page again");
			console.messages(2);
		}
	}

	private ConsolePage open(String query) {
		return ConsolePage.open(CHROMIUM, this.port, query);
	}

}
