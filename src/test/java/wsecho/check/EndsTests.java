package wsecho.check;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import wsecho.check.Relay.Fault;
import wsecho.fixture.RunningService;

/**
 * Who ended a session, by what both ends say, with a cause that is present and no other.
 * All run at once: each waits for what its cause takes, up to 17 s.
 */
@RunningService
@TestPropertySource(properties = "wsecho.keep-alive.timeout=2s")
class EndsTests {

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> whoEndedItIsTold() {
		return Stream
			.of(cause(Fault.CUTS_THE_CLIENT, "idle",
					"After 2\\.\\d s this end was cut, and to the server the session is still open\\. .*"),
					cause(Fault.CUTS_THE_CLIENT, "lifetime",
							"After 2\\.\\d s this end was cut, and to the server the session is still open\\. .*"),
					cause(Fault.GOES_DEAD, "idle",
							"Open but dead: 3 of 3 sessions got no answer any more, and neither end was told\\. .*"),
					cause(Fault.GOES_DEAD, "idle-with-pings",
							"Open but dead: 3 of 3 sessions got no answer any more\\. To the server it has ended "
									+ "\\(keep-alive by network\\); this end was not told\\."),
					cause(Fault.CLOSES_BOTH, "idle",
							"After 2\\.\\d s a Close 1001 came that the server never sent: to the server the client "
									+ "ended it \\(close, 1001\\)\\. .*"),
					cause(Fault.SWALLOWS_PINGS, "idle-with-pings",
							"After \\d\\.\\d s the server gave the session up, since its pings were not answered; .*"),
					cause(Fault.CHANGES_FRAMES, "lifetime",
							"After \\d\\.\\d s the server refused what came, with 1002 .*: something between changes "
									+ "what this end sends\\."))
			.toList()
			.stream();
	}

	@TestFactory
	Stream<DynamicTest> sessionsThatLastAreAllRight() {
		return List.of(running(Fault.SWALLOWS_PINGS, "idle", "lifetime"))
			.stream()
			.map((run) -> DynamicTest.dynamicTest("without pings", () -> run.get().restPasses()));
	}

	private DynamicTest cause(Fault fault, String id, String text) {
		FutureTask<Checked> run = running(fault, id);
		return DynamicTest.dynamicTest(fault + " " + id, () -> run.get().says(id, Verdict.FAILED, text));
	}

	private FutureTask<Checked> running(Fault fault, String... only) {
		Callable<Checked> check = () -> {
			try (Relay relay = new Relay(this.server, fault)) {
				return Checked.at(relay.port(), "5s", only);
			}
		};
		FutureTask<Checked> run = new FutureTask<>(check);
		new Thread(run, "check").start();
		return run;
	}

}
