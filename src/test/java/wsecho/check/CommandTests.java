package wsecho.check;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import wsecho.Application;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import wsecho.session.OpenSessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The command line of the path check, as a process. */
@RunningService
class CommandTests {

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
					"\n-       idle: It waits for an idle time, and --idle 0 asks for none.\n")
			.endsWith("14 checks: 11 pass, 3 not run.\n")
			.doesNotContain("\u001b");
		assertThat(outcome.out().lines()).allMatch((line) -> line.length() <= 80);
		assertThat(outcome.err()).isEmpty();
	}

	@Test
	void jsonIsOneDocumentAndNothingElse() throws Exception {
		Outcome outcome = check(url(), "--only", "close-from-*", "--skip", "close-from-client", "--json");
		JsonNode document = Table.JSON.readTree(outcome.out());
		assertThat(document.path("version").asInt()).isEqualTo(1);
		assertThat(document.path("complete").asBoolean()).isTrue();
		assertThat(document.path("checks")
			.valueStream()
			.map((check) -> check.path("id").asString() + " " + check.path("verdict").asString()))
			.containsExactly("handshake pass", "close-from-server pass", "close-from-client not run");
		assertThat(document.at("/checks/1/facts/2/end.code").asInt()).isEqualTo(4321);
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
	void noConnectionIsThree() throws Exception {
		Outcome outcome = check("ws://localhost:" + Proxy.freePort());
		assertThat(outcome.code()).isEqualTo(3);
		assertThat(outcome.err()).startsWith("No connection to ws://localhost:").contains("Connection refused");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--idle 2s ws://localhost  | Invalid value for option '--idle': '2s' is not 0, or from 3s to 15m
			--idle x ws://localhost   | Invalid value for option '--idle': 'x' is not 0, or from 3s to 15m
			--only idel ws://x        | --only, --skip: there is no check 'idel'; there are http, handshake
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
		assertThat(check("--list").out().lines()).hasSameSizeAs(Table.load().checks());
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
		JsonNode document = Table.JSON.readTree(outcome.out());
		assertThat(document.path("complete").asBoolean(true)).isFalse();
		assertThat(document.at("/checks/0/verdict").asString()).isEqualTo("pass");
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
