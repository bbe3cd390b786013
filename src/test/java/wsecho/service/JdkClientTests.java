package wsecho.service;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.JdkClient;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What can be asked of a session, as the JDK's own client sees it. */
@RunningService
@TestPropertySource(properties = "wsecho.caps.silence=1s")
class JdkClientTests {

	private static final JsonMapper JSON = new JsonMapper();

	@LocalServerPort
	private int port;

	// 1006 is how this client tells the end of the connection, and "lost" a reset; with
	// `lifetime` for what would overtake the message, or be overlooked beside it
	@ParameterizedTest
	@CsvSource({ "messages=1, close 1000 Closing", "messages=1&end=close, close 1000 Closing",
			"messages=1&code=4321&reason=enough, close 4321 enough", "messages=1&code=1001&reason=, close 1001",
			"lifetime=1s, close 1000 Closing", "lifetime=1s&end=eof, close 1006", "lifetime=1s&end=abort, lost",
			"messages=1&end=silence, close 1006", "messages=1&end=stall, close 1006",
			"lifetime=1s&withhold=close, close 1006" })
	void sessionEndsAsItIsAskedTo(String query, String end) throws Exception {
		try (JdkClient.Session session = open("/websocket?" + query)) {
			assertThat(session.text("a").next()).isEqualTo("text a");
			assertThat(session.next()).isEqualTo(end);
		}
	}

	@Test
	void messageOverTheLimitEndsTheSession() throws Exception {
		try (JdkClient.Session session = open("/websocket?limit=1B")) {
			assertThat(session.text("a").text("ab").next()).isEqualTo("text a");
			assertThat(session.next()).startsWith("close 1009 ");
		}
	}

	// without 1010, which this client takes from no server
	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 4999 })
	void sessionEndsWithTheCodeOfThePath(int code) throws Exception {
		try (JdkClient.Session session = open("/websocket/close/" + code)) {
			assertThat(session.next()).isEqualTo("close " + code + " Closing");
		}
	}

	@Test
	void messagesAreCountedWhole() throws Exception {
		try (JdkClient.Session session = open("/websocket?messages=2&fragment=2")) {
			session.text("abcd").text("e").text("f");
			assertThat(session.next()).isEqualTo("text ab …");
			assertThat(session.next()).isEqualTo("text cd");
			assertThat(session.next()).isEqualTo("text e");
			assertThat(session.next()).isEqualTo("close 1000 Closing");
		}
	}

	@Test
	void fragmentsAreOfTheSizeThatIsAsked() throws Exception {
		try (JdkClient.Session session = open("/websocket?fragment=6")) {
			session.text("WebSocket rocks");
			assertThat(session.next()).isEqualTo("text WebSoc …");
			assertThat(session.next()).isEqualTo("text ket ro …");
			assertThat(session.next()).isEqualTo("text cks");
			session.socket().sendBinary(ByteBuffer.allocate(7), true).get(20, TimeUnit.SECONDS);
			assertThat(session.next()).isEqualTo("binary 6 …");
			assertThat(session.next()).isEqualTo("binary 1");
		}
	}

	@Test
	void repliesAreHeldAndKeepTheirOrder() throws Exception {
		try (JdkClient.Session session = open("/websocket?delay=500ms")) {
			long began = System.nanoTime();
			for (int i = 0; i < 100; i++) {
				session.text("" + i);
			}
			for (int i = 0; i < 100; i++) {
				assertThat(session.next()).isEqualTo("text " + i);
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(500),
						Duration.ofSeconds(10));
			}
		}
	}

	@Test
	void pingIsAnsweredUnlessItIsWithheld() throws Exception {
		try (JdkClient.Session session = open("/websocket");
				JdkClient.Session dumb = open("/websocket?withhold=pong")) {
			ping(session).text("a");
			assertThat(session.next()).isEqualTo("pong x");
			assertThat(session.next()).isEqualTo("text a");
			assertThat(ping(dumb).text("a").next()).isEqualTo("text a");
		}
	}

	@Test
	void closeIsNotAnsweredIfItIsWithheld() throws Exception {
		try (JdkClient.Session session = open("/websocket?withhold=close")) {
			session.socket().sendClose(1000, "").get(20, TimeUnit.SECONDS);
			assertThat(session.next()).isEqualTo("close 1006");
		}
	}

	@Test
	void silentClientIsPinged() throws Exception {
		try (JdkClient.Session session = open("/websocket?ping=1s")) {
			assertThat(session.next()).isEqualTo("ping");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', a", "?subprotocol=b, b", "?subprotocol=none, ''" })
	void subprotocolIsTheOneThatIsAsked(String query, String selected) throws Exception {
		try (JdkClient.Session session = open("/websocket" + query, "a", "b")) {
			assertThat(session.socket().getSubprotocol()).isEqualTo(selected);
		}
	}

	@Test
	void handshakeIsHeld() throws Exception {
		long began = System.nanoTime();
		try (JdkClient.Session session = open("/websocket?handshake-delay=500ms")) {
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(500),
					Duration.ofSeconds(10));
			assertThat(session.text("a").next()).isEqualTo("text a");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 300, 400, 403, 404, 418, 429, 500, 503, 599 })
	void handshakeIsRefusedWithTheStatusOfThePath(int status) {
		assertThat(refusal("/websocket/refuse/" + status + "?retry-after=90s").headers().firstValue("Retry-After"))
			.hasValue("90");
		assertThat(refusal("/websocket/refuse/" + status).statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "messages=0", "lifetime=-1s", "end=bang", "code=1005", "delay=1h", "fragment=0", "limit=x",
			"ping=1ms", "withhold=ping", "subprotocol=x", "compress=yes", "handshake-delay=1d", "end=eof&end=eof" })
	void badParameterIsRefusedBeforeTheUpgrade(String query) {
		assertThat(refusal("/websocket?" + query).statusCode()).isEqualTo(400);
	}

	@Test
	void reportComesFirst() throws Exception {
		try (JdkClient.Session session = open("/websocket/handshake?messages=2", "a", "b")) {
			JsonNode report = json(session.text("c").next());
			assertThat(report.get("request").stringValue()).isEqualTo("GET /websocket/handshake?messages=2 HTTP/1.1");
			assertThat(report.at("/subprotocols/offered").toString()).isEqualTo("[\"a\",\"b\"]");
			assertThat(report.at("/subprotocols/accepted").toString()).isEqualTo("[\"a\"]");
			assertThat(session.next()).isEqualTo("text c");
			assertThat(session.next()).isEqualTo("close 1000 Closing");
		}
	}

	@Test
	void pushedMessagesAreNumberedWithoutGaps() throws Exception {
		try (JdkClient.Session session = open("/websocket/push?every=5ms&count=50&size=200B")) {
			for (int number = 1; number <= 50; number++) {
				String text = session.next();
				assertThat(text).hasSize("text ".length() + 200);
				assertThat(json(text).get("number").intValue()).isEqualTo(number);
			}
			assertThat(session.next()).isEqualTo("close 1000 Closing");
		}
	}

	@Test
	void pushedMessagesAreBinaryIfThatIsAsked() throws Exception {
		try (JdkClient.Session session = open("/websocket/push?every=5ms&count=2&type=binary")) {
			assertThat(session.next()).isEqualTo("binary 24");
			assertThat(session.next()).isEqualTo("binary 24");
			assertThat(session.next()).isEqualTo("close 1000 Closing");
		}
	}

	private JdkClient.Session open(String path, String... subprotocols) throws Exception {
		return JdkClient.open(this.port, path, subprotocols);
	}

	private HttpResponse<?> refusal(String path) {
		ExecutionException failure = catchThrowableOfType(ExecutionException.class, () -> open(path));
		WebSocketHandshakeException cause = (WebSocketHandshakeException) Objects.requireNonNull(failure.getCause());
		return cause.getResponse();
	}

	private static JdkClient.Session ping(JdkClient.Session session) throws Exception {
		session.socket().sendPing(StandardCharsets.US_ASCII.encode("x")).get(20, TimeUnit.SECONDS);
		return session;
	}

	private static JsonNode json(String text) {
		return JSON.readTree(text.substring("text ".length()));
	}

}
