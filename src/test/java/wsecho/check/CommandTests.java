package wsecho.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.Application;
import wsecho.check.table.Table;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import wsecho.session.OpenSessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The command line of the path check, as a process. */
@RunningService
class CommandTests {

	private static final String SCHEMA = schema();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private OpenSessions sessions;

	@Test
	void allIsWellWithNothingBetween() throws Exception {
		Outcome outcome = check(url(), "--idle", "0");
		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).startsWith("wsecho ")
			.contains("\nok      http: Plain HTTP reaches wsecho ",
					"\n-       idle: It waits for an idle time, and 0 was asked for.\n")
			.endsWith("40 checks: 32 pass, 8 not run.\n")
			.doesNotContain("\u001b");
		assertThat(outcome.out().lines()).allMatch((line) -> line.length() <= 80);
		assertThat(outcome.err()).isEmpty();
	}

	@Test
	void jsonIsOneDocumentAndNothingElse() throws Exception {
		Outcome outcome = check(url(), "--only", "close-from-*", "--skip", "close-from-client", "--json");
		JsonNode document = JsonMapper.shared().readTree(outcome.out());
		assertThat(document.path("version").asInt()).isEqualTo(1);
		assertThat(document.path("complete").asBoolean()).isTrue();
		assertThat(document.path("checks")
			.valueStream()
			.map((check) -> check.path("id").asString() + " " + check.path("verdict").asString())).containsExactly(
					"connection pass", "handshake pass", "close-from-server pass", "close-from-client not run");
		assertThat(document.at("/checks/2/facts/2/end.code").asInt()).isEqualTo(4321);
		assertThat(outcome.err()).isEmpty();
	}

	@Test
	void junitHasASuiteForEachGroup() throws Exception {
		Path file = this.directory.resolve("check.xml");
		assertThat(check(url(), "--idle", "0", "--only", "handshake,idle", "--quiet", "--junit", file.toString()).out())
			.doesNotContain("handshake:");
		NodeList suites = DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(file.toFile())
			.getElementsByTagName("testsuite");
		assertThat(suites.getLength()).isEqualTo(2);
		assertThat(((Element) suites.item(0)).getAttribute("skipped")).isEqualTo("0");
		assertThat(((Element) suites.item(1)).getAttribute("skipped")).isEqualTo("1");
		assertThat(Files.readString(file)).contains("message=\"not run: It waits");
	}

	@Test
	void aFailedCheckIsOneAndHasWhatToSet() throws Exception {
		Outcome outcome = check(url() + "elsewhere/", "--only", "handshake");
		assertThat(outcome.code()).isEqualTo(1);
		assertThat(outcome.out()).contains("\nFAILED  handshake: ", "\n        why: ", "\n        set: ",
				"\n        see: src/main/docs/checks.md#handshake\n", "Look first at handshake.");
	}

	@Test
	void noConnectionIsThreeAndEndsTheCheck() throws Exception {
		Outcome outcome = check("ws://localhost:" + Proxy.freePort());
		assertThat(outcome.code()).isEqualTo(3);
		assertThat(outcome.out()).contains("\nFAILED  connection: 127.0.0.1 port ", " refuses connections: ")
			.endsWith("1 check: 1 failed. Look first at connection.\n");
	}

	@Test
	void jsonLinesAreTheChecksAsTheyEnd() throws Exception {
		Outcome outcome = check(url(), "--only", "handshake,text", "--json-lines");
		assertThat(outcome.code()).isZero();
		List<JsonNode> lines = outcome.out().lines().map(JsonMapper.shared()::readTree).toList();
		assertThat(lines).extracting((line) -> line.path("id").asString())
			.containsExactly("connection", "handshake", "text");
		assertThat(lines).allSatisfy((line) -> assertThat(line.path("target").asString()).isEqualTo(url()));
	}

	@Test
	void bothFormsOfJsonAreAsTheSchemaSays() throws Exception {
		Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(SCHEMA, InputFormat.JSON);
		String all = check(url(), "--idle", "0", "--compare", url() + "elsewhere/", "--json").out();
		assertThat(schema.validate(all, InputFormat.JSON)).isEmpty();
		List<String> lines = check(url() + "elsewhere/", "--idle", "0", "--json-lines").out().lines().toList();
		assertThat(lines).hasSizeGreaterThan(10)
			.allSatisfy((line) -> assertThat(schema.validate(line, InputFormat.JSON)).isEmpty());
		assertThat(schema.validate(all.replace("\"verdict\"", "\"verdicts\""), InputFormat.JSON)).isNotEmpty();
		JsonNode document = JsonMapper.shared().readTree(all);
		assertThat(document.propertyNames()).isSubsetOf(described("document"));
		assertThat(document.at("/compared/checks/2").propertyNames()).isSubsetOf(described("check"));
		assertThat(JsonMapper.shared().readTree(lines.get(2)).propertyNames())
			.isSubsetOf(Stream.concat(described("line").stream(), described("check").stream()).toList());
	}

	private static Collection<String> described(String definition) {
		return JsonMapper.shared().readTree(SCHEMA).at("/$defs/" + definition + "/properties").propertyNames();
	}

	@Test
	void aComparisonShowsWhatDiffersAndNamesTheWay() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.MAKES_CLOSES)) {
			String through = "ws://localhost:" + relay.port() + "/";
			Outcome outcome = check(through, "--compare", url(), "--only", "abnormal-end,text", "--strict");
			assertThat(outcome.code()).isEqualTo(1);
			assertThat(outcome.out().replaceAll("\\s+", " "))
				.contains(" compares the path to " + through + " with the path to " + url(), " CHANGED abnormal-end: ",
						" there: pass, The server's FIN arrived ")
				.endsWith(
						" Worse at " + through + ": abnormal-end. The cause lies on the way there, and not on that to "
								+ url() + ". The same at both: 3 checks: 3 pass. ")
				.doesNotContain("text:");
		}
	}

	@Test
	void nothingDiffersFromItself() throws Exception {
		Outcome outcome = check(url(), "--compare", url(), "--only", "text");
		assertThat(outcome.code()).isZero();
		assertThat(outcome.out()).endsWith("\nNothing differs: 3 checks: 3 pass.\n");
	}

	@Test
	void metricsAreReplacedAtEachRun() throws Exception {
		Path file = this.directory.resolve("wsecho.prom");
		Process process = start(url(), "--only", "handshake", "--every", "10s", "--textfile", file.toString(),
				"--quiet");
		try {
			await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(file));
			String first = Files.readString(file);
			assertThat(first).contains("\n# TYPE wsecho_check gauge\n", """
					wsecho_check{target="%s",id="handshake",verdict="pass"} 1.000
					""".formatted(url()), """
					wsecho_check{target="%s",id="handshake",verdict="failed"} 0.000
					""".formatted(url()), "\nwsecho_check_seconds{target=");
			await().atMost(30, TimeUnit.SECONDS).until(() -> !Files.readString(file).equals(first));
		}
		finally {
			process.destroy();
			process.waitFor();
		}
	}

	@Test
	void noOutputHasASecret() throws Exception {
		Path file = this.directory.resolve("secrets.xml");
		String location = "/login?access_token=tell-nobody&next=/";
		try (Tunnels server = new Tunnels("302 Found\r\nLocation: " + location + "\r\nServer: opened-sesame")) {
			for (String form : List.of("--json", "--json-lines", "--no-color")) {
				Outcome outcome = check("ws://localhost:" + server.port(), "--only", "http,handshake", form, "--header",
						"Authorization: Bearer opened-sesame", "--header", "Cookie: a=b; sid=opened-sesame", "--junit",
						file.toString());
				assertThat(outcome.out() + outcome.err() + Files.readString(file))
					.contains("/login?access_token=(hidden)&next=/", "(hidden)")
					.doesNotContain("tell-nobody", "opened-sesame");
			}
			assertThat(server.requests()).isNotEmpty()
				.allSatisfy((head) -> assertThat(head).contains("\r\nAuthorization: Bearer opened-sesame\r\n",
						"\r\nCookie: a=b; sid=opened-sesame\r\n"));
		}
	}

	@Test
	void fieldsArriveAndAreNotTakenForAdded() throws Exception {
		Outcome outcome = check(url(), "--only", "fields,host-and-origin", "--header", "X-Team: one", "--header",
				"Origin:http://localhost:" + this.server);
		assertThat(outcome.out()).contains("Nothing that was sent was changed, and nothing was added.")
			.contains("4 checks: 4 pass.");
	}

	@Test
	void aNameIsResolvedAsGiven() throws Exception {
		Outcome outcome = check("ws://echo.example.org:" + this.server, "--only", "handshake", "--resolve",
				"echo.example.org:" + this.server + ":127.0.0.1");
		assertThat(outcome.code()).isZero();
	}

	@Test
	void aFamilyWithoutAnAddressIsThree() throws Exception {
		Outcome outcome = check("ws://127.0.0.1:" + this.server, "--ipv6");
		assertThat(outcome.code()).isEqualTo(3);
		assertThat(outcome.out()).contains("No address is known for 127.0.0.1.");
	}

	@Test
	void allRunsOverHttp2() throws Exception {
		Outcome outcome = check(url(), "--only", "handshake", "--http", "2");
		assertThat(outcome.out()).contains(" over HTTP/2\n", "over HTTP/2 at the server.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--idle 2s ws://localhost  | Invalid value for option '--idle': '2s' is not 0, or from 3s to 15m
					--idle x ws://localhost   | Invalid value for option '--idle': 'x' is not 0, or from 3s to 15m
					--only idel ws://x        | --only, --skip: there is no check 'idel'; there are connection, http,
					--idle 9h ws://localhost  | Invalid value for option '--idle': '9h' is not 0, or from 3s to 15m
									--timeout 2m ws://x       | Invalid value for option '--timeout': '2m' is not from 1s to 1m
					--every 9s ws://x         | Invalid value for option '--every': '9s' is not from 10s to 24h
					--http 3 ws://x           | Invalid value for option '--http': '3' is not 1.1 or 2
					--header secret ws://x    | Invalid value for option '--header' (NAME:VALUE): it is no header field, such as
					--header Host:a ws://x    | Invalid value for option '--header' (NAME:VALUE): Host is set by the check itself
					--resolve a:b ws://x      | Invalid value for option '--resolve' (HOST:PORT:ADDR): 'a:b' is not HOST:PORT:ADDR
					--resolve a:1:1.1.1.1 ws://x | --resolve: a:1 is none of what is connected to, which is x:80
					--proxy socks5://a ws://x | --proxy: it is not none, or http://HOST:PORT of a proxy that takes CONNECT
					--proxy a --ipv4 ws://x   | --resolve, --ipv4, --ipv6: the proxy http://a:3128 looks names up itself; leave
					--cacert /none wss://x    | --cacert: /none cannot be used; a file with certificates in PEM is accepted
					--compare ftp://x ws://x  | --compare: it must begin with ws:// or wss://
					--json --every 1m ws://x  | --every: with it --json-lines is accepted, and --json is not
					--json --json-lines ws://x | Error: --json, --json-lines are mutually exclusive (specify only one)
					--ipv4 --ipv6 ws://x      | Error: --ipv4, --ipv6 are mutually exclusive (specify only one)
					--wait ws://localhost     | Unknown option: '--wait'
					--idle 0                  | URL: it is missing. Give the root of the service
					ftp://localhost           | URL: it must begin with ws:// or wss://
					ws://localhost?a=b        | URL: it must be scheme, host, port and path alone
					ws://localhost:70000      | URL: it has no host, or a port that is not from 1 to 65535
					ws:///                    | URL: it
					""")
	void badArgumentsAreTwoAndNamed(String arguments, String message) throws Exception {
		Outcome outcome = check(arguments.split(" ", -1));
		assertThat(outcome.code()).isEqualTo(2);
		assertThat(outcome.err()).startsWith(message).endsWith("check --help lists all options.\n");
		assertThat(outcome.out()).isEmpty();
	}

	@Test
	void helpTellsOptionsAndExitCodes() throws Exception {
		assertThat(check("--help").out()).contains("--idle=TIME", "Exit codes:", "130");
		assertThat(check("--list").out().lines()).hasSameSizeAs(Table.load().checks())
			.anyMatch((line) -> line.startsWith("throughput ") && line.endsWith(" (only if it is named by --only)"));
	}

	@Test
	void aSignalEndsItWithWhatThereIs() throws Exception {
		Process process = start(url(), "--idle", "1m", "--only", "handshake,idle", "--json");
		// it is idle as soon as its three sessions are open
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.sessions.count() == 3);
		// SIGTERM: SIGINT is ignored in what a shell has started in the background
		process.toHandle().destroy();
		Outcome outcome = Outcome.of(process);
		assertThat(outcome.code()).isEqualTo(143);
		JsonNode document = JsonMapper.shared().readTree(outcome.out());
		assertThat(document.path("complete").asBoolean(true)).isFalse();
		assertThat(document.at("/checks/0/verdict").asString()).isEqualTo("pass");
	}

	private static String schema() {
		try {
			return Files.readString(Path.of("src/main/docs/check-report.schema.json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String url() {
		return "ws://localhost:" + this.server + "/";
	}

	private static Outcome check(String... arguments) throws Exception {
		return Outcome.of(start(arguments));
	}

	private static Process start(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(ServiceProcess.command(Application.class, List.of("-ea"), "check"));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).start();
	}

	/**
	 * What the command printed and came to.
	 */
	record Outcome(int code, String out, String err) {

		static Outcome of(Process process) throws Exception {
			String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Outcome(process.waitFor(), out, err);
		}

	}

}
