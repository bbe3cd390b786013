package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.ToldEnd;

import static org.assertj.core.api.Assertions.assertThat;

/** What the service logs, and what it never does. */
class LogTests {

	private static final String PAYLOAD = "what-the-client-said";

	private static final String VALUE = "what-is-not-ours";

	// ESC, which would clear a terminal's screen, and the C1 character that does the same
	private static final byte[] CLOSE = { 0x0f, (byte) 0xa1, 'a', 0x1b, '[', '2', 'J', (byte) 0xc2, (byte) 0x9b };

	@Test
	void startIsALineAndAStopTwo() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.limits.sessions=100")) {
			session(service);
			service.stop();
			assertThat(service.log()).hasSize(3);
			assertThat(service.log().get(0)).contains("Started in ", " on port " + service.port());
			assertThat(service.log().get(1)).contains("Stopping. Sessions to close: 0");
			assertThat(service.log().get(2)).contains("Drained in ", "Sessions: 0, given up: 0");
		}
	}

	@Test
	void sessionsAreToldForDebugging() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dlogging.level.wsecho.session=debug")) {
			String id = session(service);
			service.stop();
			assertThat(service.log().stream().filter((line) -> line.contains(id))).hasSize(2)
				.anyMatch((line) -> line.contains("opened at /websocket over HTTP/1.1"))
				.anyMatch((line) -> line.contains("ended by CLIENT, how: CLOSE, code 4001, messages received: 1"));
			assertThat(service.log()).noneMatch(LogTests::isIndiscreet);
		}
	}

	@Test
	void logCanBeStructured() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dlogging.structured.format.console=ecs",
				"-Dlogging.level.wsecho.session=debug")) {
			session(service);
			service.stop();
			List<String> messages = service.log()
				.stream()
				.map((line) -> JsonPath.<String>read(line, "$.message"))
				.toList();
			assertThat(messages).anyMatch((message) -> message.contains("ended by CLIENT"));
			assertThat(service.log()).noneMatch(LogTests::isIndiscreet);
		}
	}

	// has ended for the service too
	private static String session(ServiceProcess service) throws Exception {
		String id;
		try (RawSocket client = RawSocket.open(service.port(), "/websocket?token=" + VALUE,
				"Origin: https://" + VALUE)) {
			client.sendFrame(0x81, PAYLOAD.getBytes(StandardCharsets.US_ASCII)).readFrame();
			client.sendFrame(0x88, CLOSE).awaitEnd();
			id = client.sessionId();
		}
		assertThat(ToldEnd.of(service.port(), id).code()).isEqualTo(4001);
		return id;
	}

	private static boolean isIndiscreet(String line) {
		return line.contains(PAYLOAD) || line.contains(VALUE) || line.chars().anyMatch(Character::isISOControl);
	}

}
