package wsecho.check;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** What the check says with nothing between, and through relays of the tests' own. */
@RunningService
class RelayTests {

	private static final String[] QUICK = { "http", "handshake", "host*", "fields", "sub*", "text", "sizes",
			"push-live", "close*", "abnormal-end", "http-version" };

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> relays() {
		return new AtOnce().with("nothing between is all right", this::nothing)
			.with("what gathers is told", this::gatherer)
			.with("what cuts large frames is told", this::limit)
			.with("what makes Closes of ends is told", this::maker)
			.with("what holds an end back is told", this::holder)
			.tests();
	}

	private void nothing() throws Exception {
		Checked.at(this.server, "3s").restPasses();
	}

	private void gatherer() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.GATHERS)) {
			Checked.at(relay.port(), "0s", "push-live")
				.says("push-live", Verdict.FAILED,
						"Messages of 128B were sent each 100 ms and came in \\d clumps of up to \\d, with gaps of up to "
								+ "\\d+ ms: something between gathers what the server sends\\. Messages of 4KB .*")
				.restPasses("push-live");
		}
	}

	private void limit() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.CUTS_LARGE_FRAMES)) {
			Checked.at(relay.port(), "0s", QUICK)
				.says("sizes", Verdict.FAILED,
						"Messages of up to 65,535 bytes pass, those of 65,536 bytes do not: a Close 1009  came that the server "
								+ "did not send; to the server it was the client who ended \\(close, 1001\\)\\. "
								+ "Something between reads frames and has a limit\\.")
				.says("text", Verdict.FAILED, "The session was closed with 1009  when text of 70,001 bytes was sent\\.")
				.says("http-version", Verdict.FAILED,
						"SETTINGS allow extended CONNECT, .*; and the handshake over HTTP/2 failed, .*")
				.restPasses("sizes", "text", "http-version");
		}
	}

	private void maker() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.MAKES_CLOSES)) {
			Checked.at(relay.port(), "0s", "abnormal-end", "close*")
				.says("abnormal-end", Verdict.CHANGED,
						"The server broke off \\(FIN, no Close\\), and a Close 1000 arrived: something between speaks "
								+ "WebSocket itself.* The server broke off \\(RST, no Close\\).*")
				.restPasses("abnormal-end");
		}
	}

	private void holder() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.HOLDS_ENDS_BACK)) {
			Checked.at(relay.port(), "0s", "abnormal-end")
				.says("abnormal-end", Verdict.FAILED,
						"The server ended the connection \\(FIN\\), and this end was not told in 10 s\\. The server ended "
								+ "the connection \\(RST\\), .*");
		}
	}

}
