package wsecho.page;

import java.util.regex.Pattern;

import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What is sent and received at the console, and how its session ends. */
@RunningService
class ConsoleSessionTests {

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
			assertThat(console.by("timeline")).containsText("Timeline of this session");
			assertThat(console.timeline()).containsText("ended: close by the client, 4000 enough",
					ConsolePage.patiently());
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
			assertThat(console.by("timeline")).containsText("What arrived of this attempt");
			assertThat(console.timeline()).containsText("/websocket/refuse/503", ConsolePage.patiently());
		}
	}

	private ConsolePage open(String query) {
		return ConsolePage.open(CHROMIUM, this.port, query);
	}

}
