package wsecho.page;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The console under more messages than anybody can read. */
@RunningService
class ConsoleLoadTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	// half of them sent, half received; it takes what the machine takes
	@Test
	void hundredThousandMessagesAreVerifiedAndKept() throws Exception {
		try (ConsolePage console = open()) {
			console.state("open").soak(0, 40, 50_000).counts("100,002 rows");
			assertThat(result(console)).isEqualTo("50,000,50,000,0,0,0,0");
			console.by("filter-text").fill("soak 1 49999 ");
			console.counts("2 matches.");
			console.by("filter-regex").check();
			console.by("filter-text").fill("soak 1 4999[78] ");
			console.counts("4 matches.");
			console.by("filter-text").fill("");
			JsonNode messages = console.har().at("/log/entries/0/_webSocketMessages");
			assertThat(messages.size()).isEqualTo(100_000);
			assertThat(console.rows()).hasSizeLessThan(40);
			tell(console, "100,000 messages");
		}
	}

	@Test
	void thousandMessagesASecondLeaveThePageUsable() {
		try (ConsolePage console = open()) {
			console.page().locator("#charts summary").click();
			console.state("open").soak(1000, 40, 5000);
			// it is used meanwhile
			console.by("message").fill("typed meanwhile");
			console.by("send").click();
			console.by("filter-text").fill("meanwhile");
			console.counts("2 matches").logged("typed meanwhile");
			console.by("filter-text").fill("");
			console.counts("10,004 rows");
			assertThat(result(console)).isEqualTo("5,000,5,000,0,0,0,0");
			assertThat(console.longestFrame()).isLessThan(1000);
			tell(console, "1,000 messages a second");
		}
	}

	@Test
	void whatIsPushedAThousandTimesASecondIsShown() {
		try (ConsolePage console = open("?url=websocket/push&every=1ms&count=3000")) {
			console.counts("3,003 rows").logged("\"number\":3000");
			assertThat(console.page().locator("#log .rtt").first()).hasText("RTT ms");
			assertThat(console.by("counts")).containsText("0 errors");
		}
	}

	/** Sent, echoed, waiting, mismatched, out of order, repeated. */
	private static String result(ConsolePage console) {
		return String.join(",", console.page().locator("#soak-result dd").allTextContents().subList(0, 6));
	}

	private static void tell(ConsolePage console, String what) {
		System.out.println("Console, " + what + ": the longest frame took " + console.longestFrame() + " ms");
	}

	private ConsolePage open() {
		return open("");
	}

	private ConsolePage open(String query) {
		ConsolePage console = ConsolePage.open(CHROMIUM, this.port, query);
		console.watch().by("connect").click();
		return console;
	}

}
