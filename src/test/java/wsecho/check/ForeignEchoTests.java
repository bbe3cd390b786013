package wsecho.check;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import wsecho.check.table.Verdict;

/** What is said where the other end is no wsecho, and this end sees alone. */
class ForeignEchoTests {

	private static final List<String> NOT_RUN = List.of("host-and-origin", "fields", "subprotocol", "sizes-down",
			"compression", "fragments", "push-live", "close-from-server", "abnormal-end", "vanished-client", "refusal",
			"sessions", "rate", "slow-handshake");

	private static final List<String> NEED_HTTP = List.of("sse-open", "sse-gaps", "body-up", "early-answer", "methods",
			"long-query", "affinity", "signalr-transports", "sse-idle", "sse-lifetime", "held-answer",
			"signalr-keepalive");

	private static final String NO_PINGS = "It needs pings of the server, and the other end cannot be asked for them: .*";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("what one end sees is checked", this::right)
			.with("who cut it is not told", this::cut)
			.tests();
	}

	private void right() throws Exception {
		try (ForeignEcho server = new ForeignEcho()) {
			Checked checked = Checked.at(server.port(), "3s");
			checked.says("http", Verdict.CANT_TELL,
					"Plain HTTP is answered, and not by a wsecho: /readyz is 400\\. What the other end saw cannot be asked\\.")
				.says("handshake", Verdict.PASS, "Opened in \\d+ ms, and what is sent comes back\\. .*")
				.says("close-from-client", Verdict.PASS, "Close 4000 was answered with the same code; .*");
			NOT_RUN.forEach((id) -> checked.says(id, Verdict.NOT_RUN, "The other end cannot say what it saw: .*"));
			NEED_HTTP.forEach((id) -> checked.says(id, Verdict.NOT_RUN,
					"It needs a wsecho that answers over plain HTTP, and none does\\."));
			checked.says("idle-with-pings", Verdict.NOT_RUN, NO_PINGS);
			checked.restPasses(Stream.of(NOT_RUN, NEED_HTTP, List.of("http", "idle-with-pings"))
				.flatMap(List::stream)
				.toArray(String[]::new));
		}
	}

	private void cut() throws Exception {
		try (ForeignEcho server = new ForeignEcho();
				Proxy proxy = Nginx.before(this.directory, server.port(), Nginx.RIGHT + " proxy_read_timeout 5s;",
						"")) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime")
				.says("idle-with-pings", Verdict.NOT_RUN, NO_PINGS)
				.says("idle", Verdict.FAILED,
						"3 of 3 sessions ended after 5\\.\\d s to 5\\.\\d s \\(drop, 1006 \\)\\. Who ended them cannot be "
								+ "told: the other end does not say what it saw\\.")
				// the report is waited for longer
				.restPassesOrCannotBeTold("idle", "idle-with-pings");
		}
	}

}
