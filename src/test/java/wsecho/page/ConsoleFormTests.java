package wsecho.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Route.FetchOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The form that says what the console connects to, and links that fill it. */
@RunningService
class ConsoleFormTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

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

	private ConsolePage open(String query) {
		return ConsolePage.open(CHROMIUM, this.port, query);
	}

}
