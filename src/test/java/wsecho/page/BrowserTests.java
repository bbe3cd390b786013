package wsecho.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FetchOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.WebSocketRoute.CloseOptions;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page, in a real browser. */
@RunningService
class BrowserTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void wholeExchangeIsShown(ColorScheme scheme) {
		List<String> seen = new ArrayList<>();
		try (Page page = newPage(new NewPageOptions().setColorScheme(scheme))) {
			page.onConsoleMessage((message) -> seen.add("console: " + message.text()));
			page.onWebSocket((socket) -> {
				seen.add(socket.url());
				socket.onFrameSent((frame) -> seen.add("> " + frame.text()));
				socket.onFrameReceived((frame) -> seen.add("< " + frame.text()));
				socket.onClose((closed) -> seen.add("closed"));
			});
			assertThat(lines(open(page, "/"))).hasText(new String[] { "CONNECTED (subprotocol: echo)",
					"SENT: WebSocket rocks", "RESPONSE: WebSocket rocks", "DISCONNECTED (1000 Closing, clean)" });
			page.waitForCondition(() -> seen.contains("closed"));
			assertThat(seen).containsExactly(address("/"), "> WebSocket rocks", "< WebSocket rocks", "closed");
			assertThat(colour(lines(page).nth(2))).matches(Colour::isBlue);
			assertReadable(page);
		}
	}

	@Test
	void runsAgainAndKeepsTheFocus() {
		try (Page page = open(newPage(new NewPageOptions()), "/")) {
			Locator again = again(page);
			assertThat(again).isEnabled();
			page.waitForWebSocket(() -> again.press("Enter"));
			assertThat(lines(page)).hasCount(4);
			assertThat(lines(page).last()).hasText("DISCONNECTED (1000 Closing, clean)");
			assertThat(again).isEnabled();
			assertThat(again).isFocused();
		}
	}

	@Test
	void doesNotRunAgainMeanwhile() {
		try (Page page = answeredBy((socket) -> socket.onMessage((message) -> {
		}))) {
			assertThat(lines(page)).hasCount(2);
			ElementHandle line = lines(page).first().elementHandle();
			again(page).dispatchEvent("click");
			assertThat(line.evaluate("(line) => line.isConnected")).isEqualTo(true);
		}
	}

	@Test
	void whatArrivesIsNeverMarkup() {
		String hostile = "<img src=x onerror=alert(1)>";
		try (Page page = answeredBy((socket) -> socket.onMessage((message) -> socket.send(hostile)))) {
			assertThat(lines(page).nth(2)).hasText("RESPONSE: " + hostile);
			assertThat(page.locator("img")).hasCount(0);
		}
	}

	@Test
	void whoeverAnswersWithoutEndIsCutShort() {
		try (Page page = answeredBy((socket) -> socket.onMessage((message) -> {
			for (int n = 0; n < 1000; n++) {
				socket.send("a".repeat(2000));
			}
		}))) {
			assertThat(lines(page).nth(2)).hasText("RESPONSE: " + "a".repeat(1000) + "… (2000 characters)");
			assertThat(lines(page).nth(22)).containsText("more than 20 messages have come for one");
			assertThat(lines(page).last()).containsText("DISCONNECTED");
			assertThat(lines(page)).hasCount(24);
		}
	}

	@Test
	void codeAndReasonOfTheServerAreShown() {
		CloseOptions close = new CloseOptions().setCode(4321).setReason("why");
		try (Page page = answeredBy((socket) -> socket.onMessage((message) -> socket.close(close)))) {
			assertThat(lines(page)).hasText(new String[] { "CONNECTED (subprotocol: echo)", "SENT: WebSocket rocks",
					"DISCONNECTED (4321 why, clean)" });
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void refusalIsAnErrorInRed(ColorScheme scheme) {
		try (Page page = newPage(new NewPageOptions().setColorScheme(scheme))) {
			serveBelow("/prefix", page);
			// the socket is below the prefix too, where there is none
			open(page, "/prefix/");
			assertThat(page.locator("#address")).hasText(address("/prefix/"));
			assertThat(lines(page)).hasText(new Pattern[] { Pattern.compile("ERROR: .+"),
					Pattern.compile("DISCONNECTED \\(1006, not clean\\)") });
			assertThat(colour(lines(page).first())).matches(Colour::isRed);
			assertReadable(page);
		}
	}

	private static void serveBelow(String prefix, Page page) {
		page.route("**" + prefix + "/**", (route) -> {
			String url = route.request().url().replace(prefix, "");
			route.fulfill(new FulfillOptions().setResponse(route.fetch(new FetchOptions().setUrl(url))));
		});
	}

	private static Page newPage(NewPageOptions options) {
		return CHROMIUM.newPage(options);
	}

	private Page answeredBy(Consumer<WebSocketRoute> server) {
		Page page = newPage(new NewPageOptions());
		page.routeWebSocket("**/websocket*", server);
		return open(page, "/");
	}

	private Page open(Page page, String path) {
		page.navigate("http://localhost:" + this.port + path);
		return page;
	}

	private String address(String directory) {
		return "ws://localhost:" + this.port + directory + "websocket?messages=1&fragment=6";
	}

	private static Locator again(Page page) {
		return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Run it again"));
	}

	private static Locator lines(Page page) {
		return page.getByRole(AriaRole.LOG).getByRole(AriaRole.LISTITEM);
	}

	private static void assertReadable(Page page) {
		Colour paper = Colour.of(computed(page.locator("body"), "backgroundColor"));
		assertThat(lines(page).all()).isNotEmpty()
			.allSatisfy((line) -> assertThat(colour(line).contrast(paper)).isGreaterThan(Colour.READABLE));
	}

	private static Colour colour(Locator text) {
		return Colour.of(computed(text, "color"));
	}

	private static String computed(Locator element, String property) {
		return (String) element.evaluate("(element, property) => getComputedStyle(element)[property]", property);
	}

}
