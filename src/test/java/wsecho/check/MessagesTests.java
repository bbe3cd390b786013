package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** What is said of messages, and of many sessions, where one thing between is wrong. */
@RunningService
class MessagesTests {

	private static final String[] ALL = { "sizes*", "order", "compression", "fragments", "send-live", "vanished-client",
			"refusal", "sessions", "rate", "throughput" };

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Test
	void withNothingBetweenAllIsRight() throws Exception {
		Checked.at(this.server, "0s", ALL).restPasses();
	}

	@TestFactory
	Stream<DynamicTest> whatIsWrongBetweenIsTold() {
		return new SideBySide(this.server, "0s")
			.says(Fault.CUTS_FRAMES_OVER_40000, "sizes", Verdict.FAILED,
					"Messages of up to 40,000 bytes pass, those of 40,001 bytes do not: a Close 1009  came that the "
							+ "server did not send; to the server it was the client who ended \\(close, 1001\\)\\. .*")
			.passes(Fault.CUTS_FRAMES_OVER_40000, "sizes-down")
			.says(Fault.CUTS_LARGE_PUSHES, "sizes-down", Verdict.FAILED,
					"Messages of up to 70,000 bytes pass, those of 70,001 bytes do not: a Close 1001  came that the "
							+ "server did not send; to the server it was the client who ended \\(close, 1009\\)\\. .*")
			.says(Fault.CHANGES_FRAMES, "sizes", Verdict.FAILED, "Not even a message of 0 bytes passes\\.")
			.says(Fault.LOSES_A_FRAME, "order", Verdict.FAILED,
					"Of 1000 messages that were sent at once 1 did not come back, the first of them number 100\\.")
			.says(Fault.SWAPS_FRAMES, "order", Verdict.FAILED,
					"1000 messages that were sent at once came back, the first 99 of them in order\\.")
			.says(Fault.REMOVES_EXTENSIONS, "compression", Verdict.CHANGED,
					"Compression was offered, and the offer did not reach the server: .*")
			.says(Fault.REMOVES_AGREED_EXTENSIONS, "compression", Verdict.FAILED,
					"The answer came without Sec-WebSocket-Extensions, and yet what the server sends is compressed: .*")
			.says(Fault.CLEARS_RSV1, "compression", Verdict.FAILED,
					"Compression was agreed on, and the server refused what came, with 1007 .*")
			.says(Fault.JOINS_FRAGMENTS, "fragments", Verdict.CHANGED,
					"A message in 10 frames reached the server in 1: something between .* on the way up\\. .*")
			.says(Fault.GATHERS_UP, "send-live", Verdict.FAILED,
					"Messages were sent each 100 ms, and their echoes came in \\d clumps of up to \\d, .*")
			.passes(Fault.GATHERS_UP, "push-live")
			.says(Fault.HOLDS_CLIENTS_ENDS_BACK, "vanished-client", Verdict.FAILED,
					"This end broke off \\(FIN, no Close\\), and 10 s later the session is still open to the server: .*")
			.says(Fault.IS_SLOW, "throughput", Verdict.CHANGED,
					"[234] messages of 256 KiB came back, one after the other: \\d\\d,\\d{3} bytes a second, .*")
			.says(Fault.CHANGES_STATUS, "refusal", Verdict.CHANGED, "The server refused with 503, and 502 arrived\\.")
			.tests();
	}

	@Test
	void aRefusalIsToldToABrowserToo() throws Exception {
		PageView.says(Checked.at(this.server, "0s", "refusal"), "refusal", Verdict.PASS,
				"The server refused as it was asked to, and one handshake reached it\\.");
	}

	@Test
	void aLimitOfConnectionsIsTold() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT + " limit_conn c 20;",
				"limit_conn_zone $binary_remote_addr zone=c:64k;")) {
			Checked checked = Checked.at(proxy.port(), "0s", "sessions");
			checked.says("sessions", Verdict.FAILED,
					"20 of 50 sessions opened at once; the others did not reach the server: something between refused "
							+ "them with 503\\.");
			PageView.says(checked, "sessions", Verdict.FAILED,
					"20 of 50 sessions opened at once; the others did not reach the server: something between refused "
							+ "them\\.");
		}
	}

}
