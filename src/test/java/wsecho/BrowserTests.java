package wsecho;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.WebSocketRoute.CloseOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page, in a real browser. */
@RunningService
class BrowserTests {

	private static @Nullable Browser chromium;

	@LocalServerPort
	private int port;

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

	@ParameterizedTest
	@CsvSource({ "LIGHT, 'rgb(5, 80, 174)'", "DARK, 'rgb(121, 184, 255)'" })
	void wholeExchangeIsShown(ColorScheme scheme, String blue) {
		List<String> seen = new ArrayList<>();
		try (Page page = newPage(new NewPageOptions().setColorScheme(scheme))) {
			page.onConsoleMessage((message) -> seen.add("console: " + message.text()));
			page.onWebSocket((socket) -> {
				socket.onFrameSent((frame) -> seen.add("> " + frame.text()));
				socket.onFrameReceived((frame) -> seen.add("< " + frame.text()));
			});
			assertThat(lines(open(page))).hasText(new String[] { "CONNECTED (subprotocol: echo)",
					"SENT: WebSocket rocks", "RESPONSE: WebSocket rocks", "DISCONNECTED (1000 done)" });
			assertThat(lines(page).nth(2)).hasCSS("color", blue);
			assertThat(seen).containsExactly("> WebSocket rocks", "< WebSocket rocks");
		}
	}

	@Test
	void runsAgain() {
		try (Page page = newPage(new NewPageOptions())) {
			open(page).getByRole(AriaRole.BUTTON).click();
			assertThat(lines(page)).hasCount(4);
			assertThat(lines(page).last()).hasText("DISCONNECTED (1000 done)");
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
	void codeAndReasonOfTheServerAreShown() {
		try (Page page = answeredBy((socket) -> socket.close(new CloseOptions().setCode(4321).setReason("why")))) {
			assertThat(lines(page).last()).hasText("DISCONNECTED (4321 why)");
		}
	}

	@Test
	void refusalIsAnErrorInRed() {
		try (Page page = newPage(new NewPageOptions())) {
			page.route("**/page.js", (route) -> {
				String script = route.fetch().text().replace("'websocket'", "'unknown'");
				route.fulfill(new FulfillOptions().setContentType("text/javascript").setBody(script));
			});
			open(page);
			assertThat(lines(page)).hasCount(2);
			assertThat(lines(page).first()).containsText("ERROR: ");
			assertThat(lines(page).first()).hasCSS("color", "rgb(196, 20, 28)");
			assertThat(lines(page).last()).hasText("DISCONNECTED (1006)");
		}
	}

	private static Page newPage(NewPageOptions options) {
		return Objects.requireNonNull(chromium).browser().newPage(options);
	}

	private Page answeredBy(Consumer<WebSocketRoute> server) {
		Page page = newPage(new NewPageOptions());
		page.routeWebSocket("**/websocket", server);
		return open(page);
	}

	private Page open(Page page) {
		page.navigate("http://localhost:" + this.port);
		return page;
	}

	private static Locator lines(Page page) {
		return page.getByRole(AriaRole.LOG).locator("li");
	}

}
