package wsecho.check;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;
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
		return new SideBySide(this.server, "5s")
			.says(Fault.CUTS_THE_CLIENT, "idle", Verdict.FAILED,
					"After 2\\.\\d s this end was cut, and to the server the session is still open\\. .*")
			.says(Fault.CUTS_THE_CLIENT, "lifetime", Verdict.FAILED,
					"After 2\\.\\d s this end was cut, and to the server the session is still open\\. .*")
			.says(Fault.GOES_DEAD, "idle", Verdict.FAILED,
					"Open but dead: 3 of 3 sessions got no answer any more, and neither end was told\\. .*")
			.says(Fault.GOES_DEAD, "idle-with-pings", Verdict.FAILED,
					"Open but dead: 3 of 3 sessions got no answer any more\\. To the server it has ended "
							+ "\\(keep-alive by network\\); this end was not told\\.")
			.says(Fault.CLOSES_BOTH, "idle", Verdict.FAILED,
					"After 2\\.\\d s a Close 1001 came that the server never sent: to the server the client ended "
							+ "it \\(close, 1001\\)\\. .*")
			.says(Fault.SWALLOWS_PINGS, "idle-with-pings", Verdict.FAILED,
					"After \\d\\.\\d s the server gave the session up, since its pings were not answered; .*")
			.passes(Fault.SWALLOWS_PINGS, "idle", "lifetime")
			.says(Fault.CHANGES_FRAMES, "lifetime", Verdict.FAILED,
					"After \\d\\.\\d s the server refused what came, with 1002 .*: something between changes what "
							+ "this end sends\\.")
			.tests();
	}

}
