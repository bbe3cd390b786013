package wsecho.session.attempt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is told of an attempt at a handshake, whatever became of it. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.origins=https://allowed.example")
class AttemptTests {

	private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

	private static final String KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

	private final String attempt = UUID.randomUUID().toString();

	@LocalServerPort
	private int port;

	@Test
	void sessionIsNamed() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?strict=true&attempt=" + this.attempt,
				"Origin: https://allowed.example", "Cookie: secret=1")) {
			JsonNode arrival = only(tell());
			assertThat(arrival.toString()).contains("""
					"http":"HTTP/1.1","method":"GET","path":"/websocket","upgrade":"websocket",\
					"connection":"Upgrade","version":"13","host":"localhost","origin":"https://allowed.example",\
					"status":101,"problem":null,"session":"%s"}""".formatted(client.sessionId()));
			assertThat(arrival.toString()).doesNotContain("secret");
			assertThat(arrival.get("pod").stringValue()).isNotEmpty();
		}
	}

	static Stream<Arguments> refusals() {
		return Stream.of(
				Arguments.of("no Upgrade",
						"GET /websocket?attempt=%s HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n" + KEY, 426,
						"Upgrade is missing"),
				Arguments.of("HTTP/1.0", "GET /websocket?attempt=%s HTTP/1.0\r\nHost: a\r\n" + KEY, 426,
						"HTTP version is \"HTTP/1.0\""),
				Arguments.of("no sign of a handshake", "GET /websocket/push?attempt=%s HTTP/1.1\r\nHost: a\r\n", 404,
						"no sign of a WebSocket"),
				Arguments.of("bad parameter",
						"GET /websocket?delay=1&attempt=%s HTTP/1.1\r\nHost: a\r\n" + UPGRADE + KEY, 400, "delay"),
				Arguments.of("bad key",
						"GET /websocket?attempt=%s HTTP/1.1\r\nHost: a\r\n" + UPGRADE
								+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a\r\n",
						400, "Sec-WebSocket-Key"),
				Arguments.of("wrong path", "GET /ws?attempt=%s HTTP/1.1\r\nHost: a\r\n" + UPGRADE + KEY, 404, "/ws"),
				Arguments.of("path of the page", "GET /?attempt=%s HTTP/1.1\r\nHost: a\r\n" + UPGRADE + KEY, 404,
						"no WebSocket at"),
				Arguments.of("origin",
						"GET /websocket?attempt=%s HTTP/1.1\r\nHost: a\r\nOrigin: https://b.example\r\n" + UPGRADE
								+ KEY,
						403, "https://b.example"),
				Arguments.of("method", "POST /websocket?attempt=%s HTTP/1.1\r\nHost: a\r\n" + UPGRADE + KEY, 405,
						"POST"),
				Arguments.of("refused as asked",
						"GET /websocket/refuse/503?attempt=%s HTTP/1.1\r\nHost: a\r\n" + UPGRADE + KEY, 503, "asked"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refusals")
	void refusalIsTold(String what, String request, int status, String problem) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			String answer = client.send(request.formatted(this.attempt) + "\r\n").readResponse();
			assertThat(answer).contains(" " + status + " ");
			JsonNode arrival = only(tell());
			assertThat(arrival.get("status").asInt()).isEqualTo(status);
			assertThat(arrival.get("problem").stringValue()).contains(problem);
			assertThat(arrival.get("session").isNull()).isTrue();
			assertThat(request).contains(arrival.get("http").stringValue(), arrival.get("method").stringValue(),
					arrival.get("path").stringValue());
			assertThat(arrival.get("upgrade").isNull()).isEqualTo(!request.contains("Upgrade: "));
		}
	}

	@Test
	void handshakeWhoseAnswerIsHeldHasNoStatus() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket?handshake-delay=1m&attempt=" + this.attempt));
			await().untilAsserted(() -> assertThat(only(tell()).get("status").isNull()).isTrue());
		}
	}

	@Test
	void sessionOverHttp2IsNamed() throws Exception {
		try (RawSocket client = RawSocket.openHttp2(this.port, "/websocket?attempt=" + this.attempt)) {
			assertThat(only(tell()).toString()).contains("""
					"http":"HTTP/2","method":"CONNECT","path":"/websocket","upgrade":null,"connection":null,\
					"version":"13","host":"localhost","origin":null,"status":200,"problem":null,"session":"%s"}"""
				.formatted(client.sessionId()));
		}
	}

	@Test
	void getOverHttp2IsTold() throws Exception {
		Http2Headers get = new DefaultHttp2Headers().method("GET")
			.scheme("http")
			.authority("localhost")
			.path("/websocket?attempt=" + this.attempt)
			.set("sec-websocket-version", "13");
		try (Http2Connection connection = new Http2Connection(this.port);
				Http2Stream stream = connection.wholeRequest(get)) {
			assertThat(stream.response().status()).hasToString("400");
			JsonNode arrival = only(tell());
			assertThat(arrival.get("http").stringValue()).isEqualTo("HTTP/2");
			assertThat(arrival.get("status").asInt()).isEqualTo(400);
			assertThat(arrival.get("problem").stringValue()).contains("CONNECT");
			assertThat(arrival.get("upgrade").isNull()).isTrue();
		}
	}

	@Test
	void repetitionsAreTold() throws Exception {
		for (int i = 0; i < 18; i++) {
			try (RawSocket client = new RawSocket(this.port)) {
				client.send(RawSocket.handshake("/websocket/refuse/" + (500 + i) + "?attempt=" + this.attempt))
					.readResponse();
			}
		}
		JsonNode told = tell();
		assertThat(told.get("count").asInt()).isEqualTo(18);
		assertThat(told.get("arrivals")).hasSize(16);
		assertThat(told.at("/arrivals/0/status").asInt()).isEqualTo(500);
		assertThat(told.at("/arrivals/15/status").asInt()).isEqualTo(515);
	}

	@Test
	void longValuesAreCut() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client
				.send(RawSocket.handshake("/websocket?attempt=" + this.attempt, "Origin: https://" + "a".repeat(3000)))
				.readResponse();
			JsonNode arrival = only(tell());
			assertThat(arrival.get("origin").stringValue()).hasSize(101).endsWith("…");
			assertThat(arrival.get("problem").stringValue()).hasSize(1001).endsWith("…");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "aaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaa.", "aaaaaaaaaaaaaaaaaaaaa%C3%A9",
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
	void badNameIsRefused(String name) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket?attempt=" + name)).readResponse())
				.startsWith("HTTP/1.1 400 ")
				.contains("\"parameter\":\"attempt\"", "22 to 64 characters");
		}
		if (!name.isEmpty()) {
			assertThat(ask(name)).startsWith("HTTP/1.1 400 ").contains("22 to 64 characters");
		}
	}

	@Test
	void unknownAttemptIsNotFound() throws Exception {
		assertThat(ask(this.attempt)).startsWith("HTTP/1.1 404 ")
			.containsIgnoringCase("\r\nconnection: close\r\n")
			.contains("application/problem+json", "has reached this instance", "\"pod\":\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/attempts/", "/sessions/" })
	void pagesOfAllowedOriginsMayRead(String path) throws Exception {
		String request = "GET " + path + this.attempt + " HTTP/1.1\r\nHost: localhost\r\nOrigin: https://%s\r\n\r\n";
		try (RawSocket client = new RawSocket(this.port); RawSocket other = new RawSocket(this.port)) {
			assertThat(client.send(request.formatted("allowed.example")).readResponse())
				.containsIgnoringCase("\r\naccess-control-allow-origin: https://allowed.example\r\n")
				.containsIgnoringCase("\r\nvary: Origin\r\n")
				.containsIgnoringCase("\r\ncache-control: no-store\r\n");
			assertThat(other.send(request.formatted("b.example")).readResponse())
				.doesNotContainIgnoringCase("access-control-allow-origin")
				.containsIgnoringCase("\r\nvary: Origin\r\n");
		}
	}

	@Test
	void everyMemberIsDocumented() throws Exception {
		String documented = Files.readString(Path.of("src/main/docs/messages.md"));
		try (RawSocket client = RawSocket.open(this.port, "/websocket?attempt=" + this.attempt)) {
			assertThat(client.sessionId()).isNotEmpty();
			assertThat(only(tell()).propertyNames()).hasSize(13)
				.allSatisfy((member) -> assertThat(documented).contains("\n| `arrivals[]." + member + "` | "));
		}
	}

	private static JsonNode only(JsonNode told) {
		assertThat(told.get("count").asInt()).isEqualTo(1);
		return told.get("arrivals").get(0);
	}

	private JsonNode tell() throws IOException {
		String answer = ask(this.attempt);
		assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("cache-control: no-store");
		return JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
	}

	private String ask(String name) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send("GET /attempts/" + name + " HTTP/1.1\r\nHost: localhost\r\n\r\n").readResponse();
		}
	}

}
