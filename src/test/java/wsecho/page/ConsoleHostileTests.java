package wsecho.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Route.FulfillOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.Chromium;
import wsecho.fixture.HostileServer;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The console against servers that are wrong, or mean. */
@RunningService
class ConsoleHostileTests {

	private static final String MARKUP = "<img src=x onerror=alert(1)><script>alert(1)</script>";

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	@Test
	void markupStaysText() throws Exception {
		List<String> alerts = new ArrayList<>();
		try (ConsolePage console = open(); HostileServer server = new HostileServer((out) -> {
			out.write(HostileServer.text(MARKUP));
			out.write(HostileServer.text("\u202egnp.exe\u0000\r\n\u009b31m"));
			out.write(HostileServer.close(4000, MARKUP));
		})) {
			console.page().onDialog((dialog) -> {
				alerts.add(dialog.message());
				dialog.dismiss();
			});
			console.connect(server.address()).state("closed").logged("4000 " + MARKUP);
			assertThat(console.messages()).containsExactly("received text 53: " + MARKUP,
					"received text 18: \u202egnp.exe\\u0000\\r\\n\\u009b31m");
			console.page().locator("#log .received").first().click();
			assertThat(console.by("body")).hasText(MARKUP);
			assertThat(console.page().locator("main img, main script")).hasCount(0);
			assertThat(alerts).isEmpty();
		}
	}

	// twice what the page keeps: the stream may be as long as it likes
	@Test
	void endlessStreamIsCountedAndNotKept() throws Exception {
		byte[] mebibyte = HostileServer.frame(0x82, new byte[1 << 20]);
		try (ConsolePage console = open(); HostileServer server = new HostileServer((out) -> {
			for (int n = 0; n < 128; n++) {
				out.write(mebibyte);
			}
			out.write(HostileServer.close(1000, ""));
		})) {
			console.connect(server.address())
				.state("closed")
				.counts("131 rows")
				.counts("bodies of the first 67 dropped");
			console.by("log").press("Home");
			console.logged("(body dropped)");
			assertThat(console.by("about")).containsText("its body has been dropped");
		}
	}

	@Test
	void whatIsLongerThanAQuarterOfTheRoomIsCut() throws Exception {
		try (ConsolePage console = open(); HostileServer server = new HostileServer((out) -> {
			out.write(HostileServer.frame(0x82, new byte[20 << 20]));
			out.write(HostileServer.close(1000, ""));
		})) {
			console.connect(server.address()).state("closed").counts("1 body cut to 16,777,216 bytes");
			console.page().locator("#log .received").click();
			assertThat(console.by("about")).containsText("kept are the first 16,777,216 bytes");
		}
	}

	// Chromium takes most of them for clean
	@ParameterizedTest
	@CsvSource({ "1006, 'not clean'", "1015, 'not clean'", "999, 'no end may send this code'",
			"2999, 'no end may send this code'", "65535, 'no end may send this code'" })
	void oddCloseCodesAreEnds(int code, String words) throws Exception {
		try (ConsolePage console = open();
				HostileServer server = new HostileServer((out) -> out.write(HostileServer.close(code, "")))) {
			console.connect(server.address()).state("closed").logged(words);
			assertThat(console.by("connect")).isEnabled();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xc1, 0x83, 0x80, 0x09 })
	void brokenFramesAreEnds(int first) throws Exception {
		try (ConsolePage console = open();
				HostileServer server = new HostileServer((out) -> out.write(HostileServer.frame(first, new byte[1])))) {
			console.connect(server.address()).state("closed").logged("1006");
			assertThat(console.page().locator("#log .error")).hasCount(1);
		}
	}

	@Test
	void floodIsCounted() throws Exception {
		try (ConsolePage console = open(); HostileServer server = new HostileServer(ConsoleHostileTests::flood)) {
			console.connect(server.address()).counts("100,003 rows").state("closed");
			console.by("filter-text").fill("message 99999");
			console.counts("1 match.");
		}
	}

	private static void flood(OutputStream out) throws IOException {
		ByteArrayOutputStream part = new ByteArrayOutputStream();
		for (int n = 0; n < 100_000; n++) {
			part.write(HostileServer.text("message " + n));
			if (n % 1000 == 999) {
				out.write(part.toByteArray());
				part.reset();
			}
		}
		out.write(HostileServer.close(1000, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{\"arrivals\":7}", "{\"arrivals\":{\"at\":7}}", "{\"arrivals\":[null]}",
			"{\"arrivals\":[{\"session\":{}}]}", "<html>no</html>", "{\"arrivals\":[{\"session\":\"../../console\"}]}",
			"{\"arrivals\":[{\"status\":{\"a\":[]},\"problem\":[\"<img src=x>\"]}]}" })
	void nonsenseOfTheLedgerIsSaidToBeNone(String answer) {
		try (ConsolePage console = open()) {
			console.page().route("**/attempts/*", (route) -> route.fulfill(new FulfillOptions().setBody(answer)));
			console.connect();
			assertThat(console.by("server-words"))
				.hasText(Pattern.compile(".*(not as a wsecho does|refused|not been answered).*"));
			assertThat(console.page().locator("main img")).hasCount(0);
			console.send("still here").messages(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{\"received\":null}" })
	void nonsenseOfASessionIsSaidToBeNone(String answer) {
		try (ConsolePage console = open()) {
			console.page().route("**/sessions/*", (route) -> route.fulfill(new FulfillOptions().setBody(answer)));
			console.connect();
			assertThat(console.by("server-words")).containsText("not as a wsecho does");
		}
	}

	@Test
	void nonsenseOfAnEndIsShownAsItIs() {
		String nonsense = "{'toString':1}";
		String answer = "{'received':{},'start':@,'end':{'time':@,'by':'server','how':'close','code':@,'reason':@}}"
			.replace("@", nonsense);
		try (ConsolePage console = open()) {
			console.page()
				.route("**/sessions/*",
						(route) -> route.fulfill(new FulfillOptions().setBody(answer.replace('\'', '"'))));
			console.connect().by("close").click();
			assertThat(console.by("server-words")).containsText("The Close {\"toString\":1} of the server",
					ConsolePage.patiently());
			assertThat(console.by("server-view")).containsText("open for–");
		}
	}

	@Test
	void endlessLedgerIsCutOff() {
		try (ConsolePage console = open()) {
			String endless = "[" + "1,".repeat(1 << 20);
			console.page()
				.route("**/attempts/*", (route) -> route
					.fulfill(new FulfillOptions().setBodyBytes(endless.getBytes(StandardCharsets.UTF_8))));
			console.connect();
			assertThat(console.by("server-words")).containsText("not as a wsecho does", ConsolePage.patiently());
		}
	}

	private ConsolePage open() {
		return ConsolePage.open(CHROMIUM, this.port);
	}

}
