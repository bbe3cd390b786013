package wsecho.http;

import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.scenario.parameter.Parameter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is refused before it is a session: bad input, other methods, one too many. */
@RunningService
@TestPropertySource(
		properties = { "wsecho.limits.sessions-per-address=2", "wsecho.limits.origins=https://pages.example.org" })
class HttpRefusalTests {

	@LocalServerPort
	private int port;

	@Autowired
	private HttpPaths paths;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@CsvSource({ "/events?every=0ms, every", "/events?every=2h, every", "/events?every=1, every",
			"/events?size=2MB, size", "/events?size=1B, size", "/events?count=0, count", "/events?count=1000001, count",
			"/events?lifetime=2d, lifetime", "/events?end=never, end", "/events?delay=2m, delay",
			"/events?ping=1ms, ping", "/events?accel=maybe, accel", "/events?attempt=a, attempt",
			"/events?strict=1, strict", "/events?every=1s&every=2s, every", "/hold/soon, duration",
			"/hold/2d, duration", "/hold/-1s, duration", "/hold/1s?end=no, end", "/hold/1s?attempt=a, attempt",
			"/hold/1s?strict=1, strict", "/request?attempt=a, attempt", "/request?strict=1, strict" })
	void badValueIsNamed(String target, String parameter) throws Exception {
		try (HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET", target)) {
			assertFault(client, parameter);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/echo?ping=1ms, ping", "/echo?attempt=a, attempt", "/echo?strict=1, strict" })
	void badValueOfAnEchoIsNamed(String target, String parameter) throws Exception {
		try (HttpExchange client = HttpExchange.begin(Transport.HTTP_1_1, this.port, "POST", target)) {
			assertFault(client.endRequest().awaitHead(), parameter);
		}
	}

	private void assertFault(HttpExchange client, String parameter) throws Exception {
		assertThat(client.status()).isEqualTo(400);
		assertThat(client.field("content-type")).isEqualTo("application/problem+json");
		assertThat(client.sessionId()).isEmpty();
		JsonNode problem = JsonMapper.shared().readTree(client.readBody());
		assertThat(problem.get("errors").get(0).get("parameter").stringValue()).isEqualTo(parameter);
		assertThat(problem.get("detail").stringValue()).startsWith(parameter + " is ").contains("it must be");
		assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero();
	}

	// a parameter that is added has to be tried here
	@Test
	void everyParameterIsTried() throws Exception {
		String tried = String.join(" ", cases("badValueIsNamed")) + String.join(" ", cases("badValueOfAnEchoIsNamed"));
		assertThat(this.paths.paths()).allSatisfy((path) -> assertThat(path.parameters()).extracting(Parameter::name)
			.allSatisfy((name) -> assertThat(tried).containsPattern(pattern(path, name))));
	}

	private static String pattern(HttpPaths.Path path, String name) {
		return path.pattern().replaceAll("\\{.*}", "[^ ?]+") + "[^ ]*, " + name;
	}

	private static String[] cases(String method) throws Exception {
		return HttpRefusalTests.class.getDeclaredMethod(method, String.class, String.class)
			.getAnnotation(CsvSource.class)
			.value();
	}

	@Test
	void unknownParameterIsRefusedIfThatIsAskedFor() throws Exception {
		try (HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET", "/hold/1ms?foo=1")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.field("x-ignored-parameters")).isEqualTo("foo");
		}
		try (HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET",
				"/hold/1ms?foo=1&strict=true")) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.readBody()).contains("foo is no parameter of this path");
		}
	}

	static Stream<Arguments> methods() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> Stream.of(Arguments.of(transport, "DELETE", "/events", "GET,HEAD"),
					Arguments.of(transport, "PUT", "/hold/1s", "GET,HEAD"),
					Arguments.of(transport, "GET", "/echo", "POST"), Arguments.of(transport, "HEAD", "/echo", "POST"),
					Arguments.of(transport, "OPTIONS", "/request", "GET,HEAD,POST,PUT,PATCH,DELETE")));
	}

	@ParameterizedTest
	@MethodSource("methods")
	void otherMethodIsNotAllowed(Transport transport, String method, String target, String allowed) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, method, target)) {
			assertThat(client.status()).isEqualTo(405);
			assertThat(client.field("allow")).isEqualTo(allowed);
			assertThat(client.field("content-type")).isEqualTo("application/problem+json");
		}
	}

	@Test
	void handshakeIsRefused() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/events")).readResponse()).startsWith("HTTP/1.1 404 ")
				.contains("There is no WebSocket at");
		}
	}

	@Test
	void oneTooManyIsToldToComeBackAndEachEndLetsAnotherIn() throws Exception {
		for (int i = 0; i < 3; i++) {
			try (HttpExchange one = open("/events"); RawSocket other = RawSocket.open(this.port, "/websocket")) {
				for (String target : new String[] { "/events", "/hold/1s", "/request" }) {
					try (HttpExchange third = open(target)) {
						assertThat(third.status()).isEqualTo(503);
						assertThat(third.field("retry-after")).isEqualTo("5");
						assertThat(third.readBody()).contains("wsecho.limits.sessions-per-address");
					}
				}
				assertThat(one.status()).isEqualTo(200);
				other.sendFrame(0x88, new byte[0]).awaitEnd();
			}
			await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
		}
	}

	@Test
	void pagesOfOtherOriginsAreRefused() throws Exception {
		try (HttpExchange client = open("/hold/1ms", "Origin: https://pages.example.org")) {
			assertThat(client.field("access-control-allow-origin")).isEqualTo("https://pages.example.org");
			assertThat(client.field("access-control-expose-headers")).contains("X-Session-Id");
		}
		try (HttpExchange client = open("/hold/1ms", "Origin: https://example.org")) {
			assertThat(client.status()).isEqualTo(403);
			assertThat(client.field("access-control-allow-origin")).isEmpty();
		}
	}

	@Test
	void attemptIsTold() throws Exception {
		String name = "0123456789-abcdefghijkl";
		String session;
		try (HttpExchange client = open("/hold/1ms?attempt=" + name)) {
			session = client.sessionId();
		}
		try (HttpExchange client = open("/attempts/" + name)) {
			JsonNode arrival = JsonMapper.shared().readTree(client.readBody()).get("arrivals").get(0);
			assertThat(arrival.get("status").asInt()).isEqualTo(200);
			assertThat(arrival.get("session").stringValue()).isEqualTo(session);
		}
	}

	private HttpExchange open(String target, String... fields) throws Exception {
		return HttpExchange.open(Transport.HTTP_1_1, this.port, "GET", target, fields);
	}

}
