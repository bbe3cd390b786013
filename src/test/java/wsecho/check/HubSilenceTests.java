package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Table;
import wsecho.check.table.Verdict;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

/**
 * What is said of a quiet SignalR connection, with a cause that is present and no other.
 * The hub pings each 1.3 s in place of 15, so that no ping comes as the 6 s end, and 3 s
 * stand for the 30 of a client.
 */
@RunningService
class HubSilenceTests {

	private static final String ID = "signalr-keepalive";

	private static final String IDLE = "6s";

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> whatItsPingsComeToIsTold() {
		return new AtOnce()
			.with("nothing between", () -> says(Hop.none(this.server), Verdict.PASS,
					both("A quiet # stayed for " + "6\\.0 s, in which [34] pings came, and then carried a call\\.")))
			.with("one that gathers for less than a client waits",
					() -> says(relay(Fault.GATHERS), Verdict.PASS, both("A quiet # stayed for .*")))
			.with("an idle limit that pings help against",
					() -> says(nginx(this.server), Verdict.PASS, both("A quiet # stayed for .*")))
			.with("pings that are swallowed",
					() -> says(relay(Fault.SWALLOWS_HUB_PINGS), Verdict.FAILED,
							both("On a quiet # no ping came in 6\\.0 s, though one is due each 1\\.3 s: .*")))
			.with("pings that are late",
					() -> says(relay(Fault.HOLDS_HUB_PINGS), Verdict.FAILED,
							both("On a quiet # nothing came for [34]\\.\\d s, though a ping is due each 1\\.3 s "
									+ "\\(1 came\\): .*")))
			.with("pings that are swallowed before an idle limit", this::swallowedBeforeALimit)
			.with("a path that goes silent",
					() -> says(relay(Fault.GOES_DEAD), Verdict.FAILED,
							both("A quiet # is open after 6\\.0 s, and dead: a call on it got no answer, .*")))
			.with("a limit of the whole life", () -> says(relay(Fault.CUTS_THE_CLIENT), Verdict.FAILED,
					both("A quiet # was cut after [12]\\.\\d s, though the server pings each 1\\.3 s \\(1 came\\)\\.")))
			.with("a page whose pings are swallowed", this::onThePage)
			.tests();
	}

	private void swallowedBeforeALimit() throws Exception {
		try (Relay relay = relay(Fault.SWALLOWS_HUB_PINGS)) {
			says(nginx(relay.port()), Verdict.FAILED, both(
					"A quiet # was cut after [23]\\.\\d s, and no ping had come, though one is due each 1\\.3 s: .*"));
		}
	}

	private Relay relay(Fault fault) throws Exception {
		return new Relay(this.server, fault);
	}

	private Hop nginx(int behind) throws Exception {
		return Nginx.before(this.directory, behind, Nginx.RIGHT + " proxy_read_timeout 3s;", "");
	}

	private static void says(Hop hop, Verdict verdict, String text) throws Exception {
		try (hop) {
			Checked.by(JsonMapper.shared().treeToValue(table(), Table.class), hop.port(), IDLE, ID)
				.says(ID, verdict, text)
				.restPasses(ID);
		}
	}

	private static String both(String text) {
		return text.replace("#", "WebSocket") + " " + text.replace("#", "event stream");
	}

	private void onThePage() throws Exception {
		try (Relay relay = relay(Fault.SWALLOWS_HUB_PINGS);
				PageCheck page = PageCheck.start(CHROMIUM, table(), relay.port(), "6", ID)) {
			PageCheck.says(page.results(), ID, Verdict.FAILED,
					both("On a quiet # no ping came in 6\\.0 s, though one is due each 1\\.3 s: .*"));
		}
	}

	private static ObjectNode table() {
		JsonNode table = JsonMapper.shared().readTree(Table.class.getResourceAsStream("checks.json"));
		table.path("checks")
			.valueStream()
			.filter((check) -> check.path("id").asString("").equals(ID))
			.flatMap((check) -> check.path("each").valueStream())
			.forEach((round) -> ((ObjectNode) round).put("beat", 1300).put("due", 2500).put("patience", 3000));
		return (ObjectNode) table;
	}

}
