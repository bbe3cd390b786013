package wsecho.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.check.table.Verdict;
import wsecho.fixture.Firefox;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a Firefox. */
@RunningService
class FirefoxTests {

	// a handshake takes 5 s in slow-handshake: such a limit would be a race
	private static final Limit LIMIT = new Limit(3);

	private static final String UNTIL = """
			const until = async (holds) => {
			  while (!holds()) { await new Promise((resolve) => setTimeout(resolve, 20)); }
			};
			""";

	private static @Nullable Firefox firefox;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@BeforeAll
	static void start(@TempDir Path profile) throws Exception {
		firefox = Firefox.start(profile);
	}

	@AfterAll
	static void stop() throws Exception {
		if (firefox != null) {
			firefox.close();
			assertThat(firefox.errors()).isEmpty();
		}
	}

	private static Firefox firefox() {
		return Objects.requireNonNull(firefox);
	}

	@Test
	void theOriginalTestRuns() throws Exception {
		String page = firefox().open("http://localhost:" + this.server + "/");
		String lines = firefox().run(page, UNTIL + """
				const lines = () => [...document.querySelectorAll('#exchange li')].map((line) => line.textContent);
				await until(() => lines().some((line) => line.startsWith('DISCONNECTED')));
				return lines().join('\\n');""");
		assertThat(lines.lines()).containsExactly("CONNECTED (subprotocol: echo)", "SENT: WebSocket rocks",
				"RESPONSE: WebSocket rocks", "DISCONNECTED (1000 Closing, clean)");
	}

	@Test
	void theConsoleEchoes() throws Exception {
		String page = firefox().open("http://localhost:" + this.server + "/console");
		String rows = firefox().run(page, UNTIL + """
				const by = (id) => document.getElementById(id);
				await until(() => document.querySelectorAll('#path option').length > 1);
				by('connect').click();
				await until(() => by('state').textContent === 'open');
				by('message').value = 'hello 🦊';
				by('send').click();
				await until(() => document.querySelectorAll('#log .window .received').length > 0);
				return by('log').querySelector('.window .received').textContent;""");
		assertThat(rows).contains("received", "text", "hello 🦊");
	}

	@TestFactory
	Stream<DynamicTest> thePathCheckSaysWhatTheCommandLineSays() {
		return new BothChecks((port, idle, only) -> check(port, idle, ""), "6")
			.with("nothing", () -> Hop.none(this.server), FirefoxTests::allPasses)
			.with("nginx that is told nothing", () -> Nginx.before(this.directory, this.server, "", ""),
					(results) -> PageCheck.says(results, "handshake", Verdict.FAILED,
							"The handshake reached the server as HTTP/1.0, and was refused with 426: .*"))
			.with("nginx with a limit",
					() -> Nginx.before(this.directory, this.server, Nginx.RIGHT + " proxy_read_timeout 3s;", ""),
					(results) -> PageCheck.says(results, "idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)")))
			.tests();
	}

	// as by a limit on the whole life: nine in each run
	@Test
	void sessionsThatWereCutBeforeDoNotDelayTheCheck() throws Exception {
		try (BothChecks.Saving check = check(this.server, "0", UNTIL + """
				const address = location.href.replace('http', 'ws') + 'websocket?messages=1&end=abort';
				const sockets = Array.from({ length: 12 }, () => new WebSocket(address));
				await until(() => sockets.every(({ readyState }) => readyState === WebSocket.OPEN));
				sockets.forEach((socket) => socket.send('x'));
				await until(() => sockets.every(({ readyState }) => readyState === WebSocket.CLOSED));
				""")) {
			allPasses(check.results());
		}
	}

	private static void allPasses(JsonNode results) {
		assertThat(results.path("browser").asString()).contains("Firefox");
		assertThat(results.path("checks").valueStream().map((check) -> check.path("verdict").asString()))
			.containsOnly("pass", "not run");
	}

	private static BothChecks.Saving check(int port, String idleSeconds, String before) throws Exception {
		String page = firefox().open("http://localhost:" + port + "/");
		firefox().run(page, before + """
				document.querySelector("input[name=idle][value='65']").value = '%s';
				document.getElementById('check-start').click();""".formatted(idleSeconds));
		return new BothChecks.Saving() {
			@Override
			public JsonNode results() throws Exception {
				firefox().run(page, UNTIL + """
						await until(() => !document.getElementById('check-export').hidden);
						document.getElementById('check-save').click();""");
				return JsonMapper.shared().readTree(Files.readString(firefox().saved()));
			}

			@Override
			public void close() {
				// its pages end with the browser
			}
		};
	}

}
