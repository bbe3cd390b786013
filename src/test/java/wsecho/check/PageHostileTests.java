package wsecho.check;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.check.table.Verdict;
import wsecho.fixture.Chromium;
import wsecho.fixture.HostileServer;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page's path check where what answers is wrong, or mean. */
@RunningService
class PageHostileTests {

	private static final String MARKUP = "<img src=x onerror=alert(1)><script>alert(1)</script>";

	private static final String ALL = "~ ^/websocket";

	/** All but the handshake that is looked at first. */
	private static final String SESSIONS = "~ ^/websocket(?!/handshake)";

	/** A report and an answer in one, and markup wherever text may be. */
	private static final String MARKED = """
			{"attempt": "KEY", "id": "KEY", "count": 1, "pod": "@", "session": "@", "http": "@", "start": "@",
			"arrivals": [{"time": "@", "http": "@", "method": "@", "path": "@", "upgrade": "@", "connection": "@",
			"version": "@", "host": "@", "origin": "@", "status": 426, "problem": "@", "pod": "@", "session": "@"}],
			"subprotocols": {"offered": ["@"], "accepted": ["@"]}, "extensions": {"offered": ["@"], "accepted": ["@"]},
			"headers": [{"name": "host", "value": "@"}, {"name": "@", "value": "@"}], "path": "@",
			"received": {"messages": "@"}, "end": {"time": "@", "by": "@", "how": "@", "code": "@", "reason": "@"}}
			""".replace("@", MARKUP);

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Test
	void markupStaysText() throws Exception {
		checked(ALL, (out) -> {
			out.write(HostileServer.text(MARKED));
			out.write(HostileServer.text(MARKUP));
			out.write(HostileServer.close(4000, MARKUP));
		}, MARKED, (results) -> PageCheck.says(results, "handshake", Verdict.FAILED, ".*"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 999, 1006, 65_535 })
	void oddCloseCodesAreEnds(int code) throws Exception {
		checked(SESSIONS, (out) -> out.write(HostileServer.close(code, MARKUP)), MARKED, (results) -> {
			PageCheck.says(results, "text", Verdict.FAILED, ".*");
			PageCheck.says(results, "close-from-client", Verdict.FAILED, ".*");
		}, "text", "close-from-client");
	}

	@Test
	void aMessageOf1GiBThatIsBegunIsNoEcho() throws Exception {
		byte[] begun = ByteBuffer.allocate(10 + (1 << 20)).put((byte) 0x82).put((byte) 127).putLong(1L << 30).array();
		checked(SESSIONS, (out) -> out.write(begun), "{}",
				(results) -> PageCheck.says(results, "text", Verdict.FAILED, ".*"), "text");
	}

	@Test
	void aFloodIsNoEcho() throws Exception {
		checked(SESSIONS, PageHostileTests::flood, "{}", (results) -> {
			PageCheck.says(results, "text", Verdict.FAILED, ".*");
			PageCheck.says(results, "order", Verdict.FAILED, ".*");
		}, "text", "order");
	}

	private static void flood(OutputStream out) throws IOException {
		byte[] message = HostileServer.text(MARKUP);
		for (int n = 0; n < 100_000; n++) {
			out.write(message);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "<html>no</html>", "DEEP", "ENDLESS",
			"{\"attempt\":\"KEY\",\"count\":{\"toString\":1},\"arrivals\":{\"a\":[]}}",
			"{\"attempt\":\"KEY\",\"arrivals\":[null,[],\"a\",{\"session\":{\"toString\":1},\"status\":1e400}]}",
			"{\"attempt\":\"KEY\",\"id\":\"KEY\",\"arrivals\":[{\"session\":\"../../console\",\"status\":\"426\"}],"
					+ "\"end\":{\"time\":{\"toString\":1},\"by\":[],\"how\":{\"valueOf\":1},\"code\":1e400}}" })
	void ofAWitnessThatTalksNonsenseNothingIsTold(String answer) throws Exception {
		checked(SESSIONS, (out) -> out.write(HostileServer.close(1000, "")), body(answer), (results) -> {
			PageCheck.says(results, "close-from-client", Verdict.CANT_TELL, ".*");
			assertThat(PageCheck.result(results, "refusal").path("verdict").asString()).isIn("can't tell", "failed");
		}, "close-from-client", "refusal");
	}

	@Test
	void aReportOfNonsenseIsNone() throws Exception {
		checked(ALL, (out) -> {
			out.write(HostileServer
				.text("{\"session\":{\"toString\":1},\"subprotocols\":{\"offered\":[{\"toString\":1}]},"
						+ "\"headers\":[null,7,{\"name\":{\"toString\":1}}],\"extensions\":[]}"));
			out.write(HostileServer.close(1000, ""));
		}, "{}", (results) -> PageCheck.says(results, "handshake", Verdict.CANT_TELL, "Opened, but the report .*"));
	}

	private static String body(String name) {
		return switch (name) {
			case "DEEP" -> "[".repeat(200_000);
			case "ENDLESS" -> "[" + "1,".repeat(1 << 20);
			default -> name;
		};
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{\"checks\":7}", "{\"checks\":[null]}", "{\"checks\":[{\"id\":1}]}",
			"DEEP", "ENDLESS", "<html>no</html>" })
	void aTableThatIsNoneIsSaid(String answer) {
		List<String> errors = new ArrayList<>();
		try (Page page = CHROMIUM.newPage()) {
			page.onPageError(errors::add);
			page.route("**/checks.json", (route) -> route.fulfill(new FulfillOptions().setBody(body(answer))));
			page.navigate("http://localhost:" + this.server + "/");
			page.locator("#check-start").click();
			assertThat(page.locator("#check-status")).containsText("its table did not arrive");
			assertThat(page.locator("#check-start")).isEnabled();
			assertThat(errors).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{\"fly\":{}}]", "[{}]", "[null]", "[{\"open\":{\"path\":7,\"within\":{}}}]" })
	void aTableThatThePageDoesNotUnderstandIsSaid(String steps) {
		String table = """
				{"checks": [{"id": "a", "group": "<b>", "needs": [], "asks": "<b>", "matters": "", "steps": %s,
				"rules": [{"if": [["a", "flies"]]}], "says": {}}], "times": [], "facts": {}, "names": {}, "needs": {},
				"rules": {}, "says": {}}""".formatted(steps);
		try (Page page = CHROMIUM.newPage()) {
			page.route("**/checks.json", (route) -> route.fulfill(new FulfillOptions().setBody(table)));
			page.navigate("http://localhost:" + this.server + "/");
			page.locator("#check-start").click();
			assertThat(page.locator("#check-a")).containsText("The page itself failed");
			assertThat(page.locator("main b")).hasCount(0);
			assertThat(page.locator("#check-start")).isEnabled();
		}
	}

	/**
	 * Runs the check where sessions get what is hostile, and questions about them an
	 * answer.
	 */
	private void checked(String path, HostileServer.Script script, String answer, BothChecks.Expectation seen,
			String... only) throws Exception {
		Files.writeString(this.directory.resolve("answer"), answer, StandardCharsets.UTF_8);
		int port = Proxy.freePort();
		List<String> errors = new ArrayList<>();
		try (HostileServer hostile = new HostileServer(script);
				Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT, front(port, path, hostile.port()));
				PageCheck check = PageCheck.start(CHROMIUM, port, "0", only)) {
			assertThat(proxy.port()).isNotEqualTo(port);
			check.page().onPageError(errors::add);
			check.page().onDialog((dialog) -> {
				errors.add(dialog.message());
				dialog.dismiss();
			});
			JsonNode results = check.results();
			seen.check(results);
			check.page().locator("main summary").all().forEach((summary) -> summary.click());
			assertThat(check.page().locator("main img, main script")).hasCount(0);
			assertThat(results.path("complete").asBoolean()).isTrue();
			assertThat(errors).isEmpty();
		}
	}

	private String front(int port, String path, int hostile) {
		return """
				server {
				  listen 127.0.0.1:%1$d;
				  location / { proxy_pass http://127.0.0.1:%2$d; }
				  location /websocket { proxy_pass http://127.0.0.1:%2$d; %4$s }
				  location %6$s { proxy_pass http://127.0.0.1:%3$d; %4$s }
				  location ~ ^/(?:attempts|sessions)/(?<key>.*)$ {
				    root %5$s; rewrite .* /answer break; sub_filter KEY $key; sub_filter_once off; sub_filter_types *;
				  }
				}""".formatted(port, this.server, hostile, Nginx.RIGHT, this.directory, path);
	}

}
