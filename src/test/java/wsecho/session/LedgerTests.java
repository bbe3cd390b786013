package wsecho.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

/** What is told of a session to who has its id, and who ended it and how. */
@RunningService
@TestPropertySource(
		properties = { "management.server.port=0", "wsecho.keep-alive.interval=1s", "wsecho.keep-alive.timeout=1s" })
class LedgerTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final BasicJsonTester JSON = new BasicJsonTester(LedgerTests.class);

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	static Stream<Arguments> ways() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> Stream.of(Way.values()).map((way) -> Arguments.of(transport, way)));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void endingIsToldApart(Transport transport, Way way) throws Exception {
		String id;
		try (RawSocket client = transport.open(this.port, "/websocket", "Sec-WebSocket-Protocol: " + way)) {
			id = client.sessionId();
			assertThat(client.sendFrame(0x81, new byte[] { 'a', 'b' }).readFrame()).isEqualTo("81:6162");
			way.end(client);
		}
		await().untilAsserted(() -> assertThat(JSON.from(ask(id).body())).isEqualToJson("""
				{ "id": "%s", "path": "/websocket", "httpVersion": "%s", "subprotocol": "%s",
				"remoteAddress": "127.0.0.1", "received": { "messages": 1, "bytes": 2 },
				"sent": { "messages": 1, "bytes": 2 }, "end": %s }
				""".formatted(id, (transport == Transport.HTTP_2) ? "2" : "1.1", way, way.end)));
	}

	@Test
	void openSessionHasNoEnd() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			HttpResponse<String> answer = ask(client.sessionId());
			assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
			assertThat(JSON.from(answer.body())).hasEmptyJsonPathValue("$.end")
				.hasEmptyJsonPathValue("$.subprotocol")
				.extractingJsonPathStringValue("$.start")
				.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
		}
	}

	// it reads the 101, and so the id, before the server goes on to open the session
	@Test
	void sessionIsToldOfBeforeItOpens() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket?handshake-delay=1m", "Sec-WebSocket-Protocol: early"));
			List<String> ids = await().until(this::early, hasSize(1));
			assertThat(JSON.from(ask(ids.get(0)).body())).hasEmptyJsonPathValue("$.end")
				.extractingJsonPathNumberValue("$.received.messages")
				.isEqualTo(0);
		}
		await().until(this::early, empty());
	}

	private List<String> early() throws Exception {
		String answer = get(this.managementPort, "/actuator/sessions?limit=1000").body();
		return JsonPath.read(answer, "$.sessions[?(@.subprotocol == 'early')].id");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "1", "0123456789012345678901234567890123456789a", "012345678901234567890123456789012345678G" })
	void whatIsNoIdIsABadRequest(String id) throws Exception {
		assertProblem(ask(id), 400, "40 hexadecimal digits");
	}

	@Test
	void unknownSessionIsNotFound() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			assertProblem(ask(client.sessionId().substring(0, 8) + "0".repeat(32)), 404, "no such session");
		}
	}

	@Test
	void sessionOfAnotherInstanceIsMisdirected() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			String id = client.sessionId();
			HttpResponse<String> answer = ask((id.startsWith("0") ? "1" : "0") + id.substring(1));
			assertProblem(answer, 421, "another instance");
			assertThat(answer.headers().firstValue("Connection")).hasValue("close");
		}
	}

	@Test
	void nothingIsListedWithoutAnId() throws Exception {
		for (String path : List.of("/sessions", "/sessions/", "/actuator/sessions")) {
			assertThat(get(this.port, path).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void managementListsThem() throws Exception {
		String id;
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			id = client.sessionId();
			assertThat(listed("?limit=1000")).contains(id);
			client.sendFrame(0x88, new byte[0]).awaitEnd();
		}
		await().untilAsserted(() -> assertThat(listed("?ended=true&limit=1")).containsExactly(id));
		assertThat(listed("?ended=true&limit=1000&offset=1")).doesNotContain(id);
		await().untilAsserted(() -> assertThat(listed("?limit=1000")).doesNotContain(id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "?limit=0", "?limit=1001", "?offset=-1", "?limit=a" })
	void listIsBounded(String query) throws Exception {
		assertThat(get(this.managementPort, "/actuator/sessions" + query).statusCode()).isEqualTo(400);
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains(detail);
	}

	private List<String> listed(String query) throws Exception {
		String answer = get(this.managementPort, "/actuator/sessions" + query).body();
		assertThat(JSON.from(answer)).hasJsonPathNumberValue("$.open").hasJsonPathNumberValue("$.ended");
		return JsonPath.read(answer, "$.sessions[*].id");
	}

	private HttpResponse<String> ask(String id) throws Exception {
		return get(this.port, "/sessions/" + id);
	}

	private static HttpResponse<String> get(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.version(Version.HTTP_1_1)
			.timeout(Duration.ofSeconds(20))
			.build();
		return CLIENT.send(request, BodyHandlers.ofString());
	}

	/** How a session ends. */
	enum Way {

		CLIENT_CLOSES("""
				{ "by": "client", "how": "close", "code": 4001, "reason": "a\\u001b\\u0085" }""") {
			@Override
			void end(RawSocket client) throws IOException {
				client.sendFrame(0x88, new byte[] { 0x0f, (byte) 0xa1, 'a', 0x1b, (byte) 0xc2, (byte) 0x85 });
				assertThat(client.readFrame()).isEqualTo("88:0fa1611bc285");
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			}
		},

		CLIENT_CLOSES_WITHOUT_CODE("""
				{ "by": "client", "how": "close", "code": 1005, "reason": "" }""") {
			@Override
			void end(RawSocket client) throws IOException {
				assertThat(client.sendFrame(0x88, new byte[0]).readFrame()).isEqualTo("88:");
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			}
		},

		// as a browser does with what it cannot take
		CLIENT_REFUSES("""
				{ "by": "client", "how": "close", "code": 1002, "reason": "Invalid UTF-8 in text frame" }""") {
			@Override
			void end(RawSocket client) throws IOException {
				byte[] reason = "..Invalid UTF-8 in text frame".getBytes(StandardCharsets.US_ASCII);
				reason[0] = 0x03;
				reason[1] = (byte) 0xea;
				assertThat(client.sendFrame(0x88, reason).readFrame()).startsWith("88:03ea");
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			}
		},

		SERVER_CLOSES("""
				{ "by": "server", "how": "close", "code": 1002 }""") {
			@Override
			void end(RawSocket client) throws IOException {
				assertThat(client.sendFrame(0x83, new byte[0]).readFrame()).startsWith("88:03ea");
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			}
		},

		FIN("""
				{ "by": "client", "how": "fin", "code": 1006, "reason": "" }""") {
			@Override
			void end(RawSocket client) throws IOException {
				client.endOutput();
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			}
		},

		RST("""
				{ "by": "network", "how": "rst", "code": 1006, "reason": "" }""") {
			@Override
			void end(RawSocket client) throws IOException {
				client.reset();
			}
		},

		SILENCE("""
				{ "by": "network", "how": "keep-alive", "code": 1006, "reason": "" }""") {
			@Override
			void end(RawSocket client) throws IOException {
				assertThat(client.readFrame()).startsWith("89:");
				client.awaitEnd();
			}
		};

		private final String end;

		Way(String end) {
			this.end = end;
		}

		abstract void end(RawSocket client) throws IOException;

	}

}
