package wsecho.check;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** Sessions that the server itself ends. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.age=2s")
class ServerEndsTests {

	@LocalServerPort
	private int server;

	@Test
	void anEndByTheServerIsNotOfThePath() throws Exception {
		Checked.at(this.server, "3s", "idle")
			.says("idle", Verdict.CANT_TELL, "The server itself ended it after [12]\\.\\d s \\(close, 1001 .*\\): .*");
	}

	@Test
	void aQuietHubThatTheServerClosesIsNotOfThePath() throws Exception {
		Checked.at(this.server, "3s", "signalr-keepalive")
			.says("signalr-keepalive", Verdict.CANT_TELL,
					"The server itself closed the WebSocket while it was quiet: .* "
							+ "The server itself closed the event stream while it was quiet: .*");
	}

	@Test
	void aCloseOfTheServerThatIsLostIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Fault.SWALLOWS_CLOSES)) {
			Checked.at(relay.port(), "9s", "idle")
				.says("idle", Verdict.FAILED, "The server closed with 1001 .*, and the connection ended here after "
						+ "\\d\\.\\d s without a Close: it is lost on the way\\.");
		}
	}

}
