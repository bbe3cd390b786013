package wsecho.page;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route.FetchOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ForcedColors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a person does at the console, in a real browser against the running service. */
@RunningService
class ConsoleTests {

	private static final Pattern RTT = Pattern.compile("\\d+\\.\\d");

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	@Test
	void textHexAndFileAreEchoed() {
		try (ConsolePage console = open("").connect()) {
			console.send("grüße");
			console.page().check("[name=kind][value=hex]");
			console.send("00 01 ff7F");
			console.page().check("[name=kind][value=file]");
			byte[] file = { 4, 3, 2, 1, 0 };
			console.by("file").setInputFiles(new FilePayload("five", "application/octet-stream", file));
			console.by("send").click();
			console.messages(6);
			assertThat(console.messages()).containsExactlyInAnyOrder("sent text 7: grüße", "received text 7: grüße",
					"sent binary 4: 00 01 ff 7f", "received binary 4: 00 01 ff 7f", "sent binary 5: 04 03 02 01 00",
					"received binary 5: 04 03 02 01 00");
			assertThat(console.page().locator("#log .received .rtt").allTextContents()).hasSize(3)
				.allMatch(RTT.asMatchPredicate());
		}
	}

	@ParameterizedTest
	@CsvSource({ "0g, 'Character 2, \"g\", is no hexadecimal digit.'",
			"'00 123', '\"123\" has an odd number of digits: each byte takes two.'" })
	void wrongHexIsNotSent(String hex, String problem) {
		try (ConsolePage console = open("").connect()) {
			console.page().check("[name=kind][value=hex]");
			console.send(hex);
			assertThat(console.by("message-note")).hasText(problem);
			assertThat(console.messages()).isEmpty();
		}
	}

	@Test
	void closeIsSeenByBothEnds() {
		try (ConsolePage console = open("").connect()) {
			console.by("close-code").fill("4000");
			console.by("close-reason").fill("enough");
			console.by("close").click();
			console.state("closed").logged("4000 enough, clean");
			assertThat(console.by("server-view")).containsText("close by the client, 4000 enough",
					ConsolePage.patiently());
			assertThat(console.by("server-words")).hasText("Both ends say the same.");
		}
	}

	@Test
	void abortDoesNotWait() {
		try (ConsolePage console = open("?withhold=close").connect()) {
			console.by("abort").click();
			console.state("closed").logged("aborted: not waiting for the server");
			assertThat(console.by("connect")).isEnabled();
			assertThat(console.by("server-view")).containsText("close by the client, 1001", ConsolePage.patiently());
			assertThat(console.by("server-words"))
				.hasText("This page ended the connection without waiting for the server.");
		}
	}

	@Test
	void unansweredCloseCanBeForgotten() {
		try (ConsolePage console = open("?withhold=close").connect()) {
			console.by("close").click();
			console.state("closing: the browser waits for the server, up to a minute");
			assertThat(console.by("abort")).hasText("Forget it");
			console.by("abort").click();
			console.state("closed").logged("forgotten: the server has not answered the Close");
		}
	}

	@Test
	void endOfTheServerIsComparedWithWhatArrived() {
		try (ConsolePage console = open("?end=eof&messages=1").connect()) {
			console.send("last");
			console.state("closed").logged("no round trips: messages is set").logged("1006");
			assertThat(console.by("server-view")).containsText("fin by the server, 1006", ConsolePage.patiently());
			assertThat(console.by("server-words")).hasText("Both ends say the same: there was no Close.");
			assertThat(console.page().locator("#log .received .rtt")).hasText("");
		}
	}

	@Test
	void refusalIsExplainedByTheServer() {
		try (ConsolePage console = open("")) {
			console.connect("websocket/refuse/503").state("closed").logged("The handshake failed");
			assertThat(console.by("server-words")).containsText("The server refused the handshake with 503",
					ConsolePage.patiently());
		}
	}

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

	@Test
	void wrongExpressionIsSaid() {
		try (ConsolePage console = open("")) {
			console.by("filter-regex").check();
			console.by("filter-text").fill("(");
			assertThat(console.by("log-note")).containsText("Invalid regular expression");
			assertThat(console.by("filter-text")).hasAttribute("aria-invalid", "true");
		}
	}

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

	@Test
	void formHasEveryParameterOfTheApi() {
		try (ConsolePage console = open("")) {
			console.page().locator("#parameters summary").click();
			List<Object> names = List.copyOf((List<?>) console.page()
				.evaluate("fetch('api').then((answer) => answer.json())"
						+ ".then((api) => Object.keys(api.channels.websocket.bindings.ws.query.properties))"));
			List<Object> shown = List.copyOf((List<?>) console.page()
				.evaluate("[...document.querySelectorAll('#groups [name]')].map(({name}) => name)"));
			List<Object> expected = new ArrayList<>(names);
			expected.remove("attempt");
			assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
			console.by("path").selectOption("/websocket/close/{code}");
			console.page().locator("[name='{code}']").fill("4321");
			console.page().locator("[name=delay]").fill("1ms");
			assertThat(console.by("target")).hasText("ws://localhost:" + this.port + "/websocket/close/4321?delay=1ms");
			console.by("connect").click();
			console.state("closed").logged("4321 Closing, clean");
		}
	}

	@Test
	void linkFillsTheFormAndRunsNothing() {
		List<String> opened = new ArrayList<>();
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, new NewPageOptions())) {
			console.page().onWebSocket((socket) -> opened.add(socket.url()));
			console.go(this.port,
					"?url=wss%3A%2F%2Fother.example%2Fwebsocket%3Fx%3D1&messages=1&reason=a%26b&nonsense=2"
							+ "&subprotocols=a,b");
			assertThat(console.by("target")).hasText("wss://other.example/websocket?x=1&messages=1&reason=a%26b");
			assertThat(console.by("subprotocols")).hasValue("a,b");
			assertThat(console.by("api-note")).containsText("nothing is known of: nonsense");
			assertThat(console.by("address-note")).containsText("Another host");
			assertThat(console.by("link")).hasAttribute("href", Pattern.compile(".*messages=1.*"));
			assertThat(console.by("state")).hasText("closed");
			assertThat(opened).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "http://[, is no address", "ftp://a/, 'begins with ws: or wss:'", "ws://a/#b, has no fragment" })
	void wrongAddressIsSaid(String address, String problem) {
		try (ConsolePage console = open("")) {
			console.connect(address);
			assertThat(console.by("address-note")).containsText(problem);
			assertThat(console.by("state")).hasText("closed");
		}
	}

	@Test
	void whatTheBrowserRefusesIsSaid() {
		try (ConsolePage console = open("?subprotocols=a%20b")) {
			console.by("connect").click();
			console.logged("the browser refused: ").state("closed");
			assertThat(console.by("connect")).isEnabled();
		}
	}

	// as an ingress serves it: by TLS, and below a prefix
	@Test
	void worksBelowAPrefixAndExplainsMixedContent() {
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, new NewPageOptions())) {
			console.page().route("https://tools.example/ws/**", (route) -> {
				String url = route.request().url().replace("https://tools.example/ws", "http://localhost:" + this.port);
				route.fulfill(new FulfillOptions().setResponse(route.fetch(new FetchOptions().setUrl(url))));
			});
			console.page().navigate("https://tools.example/ws/console?messages=2");
			assertThat(console.by("target")).hasText("wss://tools.example/ws/websocket?messages=2");
			assertThat(console.by("address-note")).hasText("");
			console.by("path").selectOption("/websocket/push");
			assertThat(console.by("target")).hasText("wss://tools.example/ws/websocket/push?messages=2");
			console.by("address").fill("ws://other.example/");
			assertThat(console.by("address-note")).containsText("mixed content");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessible(ColorScheme scheme) throws Exception {
		NewPageOptions options = new NewPageOptions().setColorScheme(scheme);
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, options).go(this.port, "?messages=100").connect()) {
			console.send("seen").logged("received");
			console.page().locator("#log .received").click();
			console.page().locator("#charts summary").click();
			console.by("filter-text").fill("seen");
			console.page().check("[name=mode][value=highlight]");
			console.assertAccessible(axe());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "NONE", "ACTIVE" })
	void fitsIntoNarrowWindows(ForcedColors colours) throws Exception {
		NewPageOptions options = new NewPageOptions().setViewportSize(320, 640).setForcedColors(colours);
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, options)
			.go(this.port, "?url=websocket/push&every=1ms&count=5")) {
			console.by("connect").click();
			console.state("closed").logged("number");
			console.page().locator("#charts summary").click();
			console.page().locator("#log .received").first().click();
			assertThat(console.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
			console.assertAccessible(axe());
		}
	}

	private static String axe() throws Exception {
		String pattern = "classpath*:**/axe.min.js";
		try (InputStream script = new PathMatchingResourcePatternResolver().getResources(pattern)[0].getInputStream()) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private ConsolePage open(String query) {
		return ConsolePage.open(CHROMIUM, this.port, query);
	}

}
