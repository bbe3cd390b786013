package wsecho.page;

import java.util.List;
import java.util.stream.StreamSupport;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The console's log, and what can be had of it. */
@RunningService
class ConsoleLogTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	@Test
	void pauseHoldsTheLogStillAndGoesOnCounting() {
		try (ConsolePage console = open("").connect()) {
			console.by("pause").click();
			console.send("unseen").counts("paused, 2 more since");
			assertThat(console.messages()).isEmpty();
			console.by("pause").click();
			console.logged("unseen");
			console.by("clear").click();
			console.counts("0 rows");
		}
	}

	@Test
	void keysMoveThroughTheLog() {
		try (ConsolePage console = open("").connect()) {
			console.soak(0, 20, 500).counts("1,002 rows");
			Locator log = console.by("log");
			log.focus();
			log.press("Home");
			assertActive(console, 1);
			log.press("ArrowDown");
			assertActive(console, 2);
			log.press("End");
			assertActive(console, 1002);
			log.press("PageUp");
			assertThat(console.page().locator("#log [aria-selected=true]")).isVisible();
			assertThat(log).isFocused();
			assertThat(log).hasAttribute("aria-rowcount", "1003");
			// no more than there is room for
			assertThat(console.rows()).hasSizeLessThan(40);
		}
	}

	private static void assertActive(ConsolePage console, int number) {
		assertThat(console.by("log")).hasAttribute("aria-activedescendant", "row-" + (number - 1));
		Locator row = console.by("row-" + (number - 1));
		assertThat(row).hasAttribute("aria-rowindex", String.valueOf(number + 1));
		assertThat(row.locator(".number")).hasText(String.valueOf(number));
		assertThat(console.by("about")).containsText("Number " + number + " ");
	}

	@Test
	void detailsShowTextHexAndJson() {
		try (ConsolePage console = open("").connect()) {
			console.send("{\"a\":[1,\"ü\"]}").logged("received");
			console.page().locator("#log .received").click();
			assertThat(console.by("body")).hasText("{\"a\":[1,\"ü\"]}");
			console.page().check("[name=view][value=hex]");
			assertThat(console.by("body")).containsText("00000000  7b 22 61 22 3a 5b 31 2c 22 c3 bc 22 5d 7d");
			console.page().check("[name=view][value=json]");
			assertThat(console.by("body").textContent()).isEqualTo("{\n  \"a\": [\n    1,\n    \"ü\"\n  ]\n}");
		}
	}

	@Test
	void exportIsHarWithTheMessagesOfEachSession() throws Exception {
		try (ConsolePage console = open("?subprotocols=echo,chat").connect()) {
			console.send("one \"two\"\n").messages(2);
			console.page().check("[name=kind][value=hex]");
			console.send("00ff").messages(4);
			console.by("close").click();
			console.state("closed").connect().send("aa").messages(6);
			JsonNode log = console.har().get("log");
			assertThat(log.get("version").asString()).isEqualTo("1.2");
			assertThat(log.get("entries").size()).isEqualTo(2);
			JsonNode entry = log.get("entries").get(0);
			assertThat(entry.at("/request/url").asString()).startsWith("ws://localhost:" + this.port + "/websocket");
			assertThat(entry.at("/response/status").asInt()).isEqualTo(101);
			assertThat(entry.at("/response/headers/0/value").asString()).isEqualTo("echo");
			assertThat(messages(entry)).containsExactlyInAnyOrder("send 1 one \"two\"\n", "receive 1 one \"two\"\n",
					"send 2 AP8=", "receive 2 AP8=");
			assertThat(messages(log.get("entries").get(1))).containsExactly("send 2 qg==", "receive 2 qg==");
			assertThat(entry.at("/_webSocketMessages/0/time").asDouble()).isCloseTo(System.currentTimeMillis() / 1000.0,
					within(120.0));
		}
	}

	private static List<String> messages(JsonNode entry) {
		return StreamSupport.stream(entry.get("_webSocketMessages").spliterator(), false)
			.map((each) -> each.get("type").asString() + " " + each.get("opcode").asInt() + " "
					+ each.get("data").asString())
			.toList();
	}

	@Test
	void copyHasEveryRow() {
		NewPageOptions options = new NewPageOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, options).go(this.port, "").connect()) {
			console.soak(0, 20, 200).counts("402 rows");
			console.by("copy").click();
			assertThat(console.by("log-note")).containsText("Copied", ConsolePage.patiently());
			String text = (String) console.page().evaluate("navigator.clipboard.readText()");
			assertThat(text.lines()).hasSize(402)
				.last()
				.asString()
				.matches("402\t.*\treceived\ttext\t20\t[\\d.]+\tsoak 1 199 .*");
		}
	}

	private ConsolePage open(String query) {
		return ConsolePage.open(CHROMIUM, this.port, query);
	}

}
