package wsecho.scenario.parameter;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.Fuzz;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random queries of a handshake: 400 that names what is wrong, or 101 that names what is
 * ignored. {@link Fuzz} says how to go on for longer.
 */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class QueryFuzzTests {

	private static final int SEEDS = 1000;

	private static final int THREADS = 8;

	private static final int MAX_PARAMETERS = 100;

	private static final int MAX_FAULTS = 32;

	private static final int MAX_UNKNOWN = 16;

	private static final int MAX_NAME = 64;

	private static final Pattern IGNORED = Pattern.compile("(?i)\r\nx-ignored-parameters: ([!-~ ]+)\r\n");

	private static final JsonMapper JSON = JsonMapper.shared();

	@LocalServerPort
	private int port;

	@Test
	@Timeout(value = 1, unit = TimeUnit.DAYS)
	void everyQueryIsRefusedOrTaken(CapturedOutput output) throws Exception {
		Fuzz.run(SEEDS, THREADS, this::check);
		assertThat(output.getAll()).doesNotContain("WARN", "ERROR", "\tat ");
	}

	private void check(long seed) throws Exception {
		RandomQuery query = new RandomQuery(seed);
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket?" + query.text(), "Sec-WebSocket-Protocol: b"));
			String head = client.readHead();
			try {
				check(query, head, client);
			}
			catch (Throwable ex) {
				throw new AssertionError(ex.getMessage() + "\n" + query.text() + "\n-> " + head, ex);
			}
		}
	}

	private static void check(RandomQuery query, String head, RawSocket client) throws Exception {
		boolean fits = query.count() <= MAX_PARAMETERS;
		if (fits && query.faulty().isEmpty() && !query.isMalformed()) {
			assertThat(head).startsWith("HTTP/1.1 101 ");
			assertThat(ignored(head))
				.isEqualTo(query.ignored().stream().limit(MAX_UNKNOWN).map(QueryFuzzTests::cut).toList());
			return;
		}
		assertThat(head).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: application/problem+json\r\n");
		JsonNode problem = JSON.readTree(client.readBody(head));
		assertThat(problem.path("errors").findValuesAsString("value"))
			.noneMatch((value) -> value.matches(".*[\\ud800-\\udfff].*"));
		List<String> named = problem.path("errors").findValuesAsString("parameter");
		if (!fits) {
			assertThat(problem.path("detail").asString()).contains(query.count() + " parameters");
		}
		else if (!query.isMalformed()) {
			assertThat(named).containsExactlyInAnyOrderElementsOf(query.faulty());
			assertThat(problem.path("detail").asString()).contains(query.faulty());
		}
		assertThat(named).hasSizeLessThanOrEqualTo(MAX_FAULTS);
	}

	private static List<String> ignored(String head) {
		Matcher field = IGNORED.matcher(head);
		if (!field.find()) {
			assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("ignored");
			return List.of();
		}
		return Stream.of(field.group(1).split(", "))
			.map((name) -> URLDecoder.decode(name, StandardCharsets.UTF_8))
			.toList();
	}

	private static String cut(String name) {
		return name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("[\\ud800-\\udbff]$", "");
	}

}
