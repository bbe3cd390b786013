package wsecho.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** HTTP/1.0 knows no chunks: the end of the connection is that of the body. */
@RunningService
@TestPropertySource(properties = "management.server.port=0")
class Http10Tests {

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

	private static final Pattern ASSET = Pattern.compile("assets/[^\"]+");

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@ParameterizedTest
	@ValueSource(strings = { "", "Connection: keep-alive\r\n" })
	void bodyWithoutALengthEndsWithTheConnection(String field) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET /events?every=1ms&count=2 HTTP/1.0\r\nHost: localhost\r\n" + field + "\r\n");
			String head = client.readHead();
			assertThat(head).contains(" 200 OK\r\n", "connection: close\r\n")
				.doesNotContainIgnoringCase("transfer-encoding");
			assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8))
				.matches("(?s): open\n\nid: 1\ndata: \\{[^}]*}\n\nid: 2\ndata: \\{[^}]*}\n\n");
		}
	}

	@Test
	void echoIsTheBodyAlone() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("POST /echo HTTP/1.0\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello");
			assertThat(client.readHead()).doesNotContainIgnoringCase("transfer-encoding");
			assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8)).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "GET /console", "GET /api", "HEAD /api", "GET /checks.json", "GET /livez",
			"GET /readyz", "GET /sessions/x", "GET /sessions/0000000000000000000000000000000000000000",
			"GET /attempts/x", "GET /websocket", "GET /websocket/refuse/418", "GET /events?count=1", "HEAD /events",
			"DELETE /events", "GET /events?every=x", "GET /events?count=1&end=eof", "GET /hold/1ms", "GET /request",
			"DELETE /request", "POST /echo", "GET /none", "GET /%zz", "OPTIONS *" })
	void everyAnswerEndsWithoutChunks(String request) throws Exception {
		assertEndsWithoutChunks(this.port, request);
	}

	@Test
	void assetsEndWithoutChunks() throws Exception {
		String page = assertEndsWithoutChunks(this.port, "GET /");
		List<String> assets = ASSET.matcher(page).results().map(MatchResult::group).toList();
		assertThat(assets).isNotEmpty();
		for (String asset : assets) {
			assertThat(assertEndsWithoutChunks(this.port, "GET /" + asset)).isNotEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "GET /actuator", "GET /actuator/health", "HEAD /actuator/health", "GET /actuator/prometheus",
					"GET /actuator/sessions", "GET /actuator/none", "POST /actuator/health", "GET /" })
	void managementEndsWithoutChunks(String request) throws Exception {
		assertEndsWithoutChunks(this.managementPort, request);
	}

	private static String assertEndsWithoutChunks(int port, String request) throws Exception {
		String body = "";
		for (String field : new String[] { "", "Connection: keep-alive\r\n" }) {
			try (RawSocket client = new RawSocket(port)) {
				client.send(request + " HTTP/1.0\r\nHost: localhost\r\n" + field + "\r\n");
				String head = client.readHead();
				assertThat(head).startsWith("HTTP/1.").doesNotContainIgnoringCase("\r\ntransfer-encoding");
				body = readBody(client, head, field.isEmpty(), request.startsWith("HEAD "));
			}
		}
		return body;
	}

	// with a length the connection may stay, if the client wants that
	private static String readBody(RawSocket client, String head, boolean ends, boolean empty) throws Exception {
		Matcher length = CONTENT_LENGTH.matcher(head);
		if (!length.find()) {
			assertThat(head).containsIgnoringCase("\r\nconnection: close\r\n");
			return new String(client.readToEnd(), StandardCharsets.UTF_8);
		}
		String body = empty ? "" : client.readBody(head);
		assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSize(empty ? 0 : Integer.parseInt(length.group(1)));
		if (ends) {
			assertThat(client.readToEnd()).isEmpty();
		}
		return body;
	}

	@Test
	void refusedHandshakeEndsWithoutChunks() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket").replace("HTTP/1.1", "HTTP/1.0"));
			String head = client.readHead();
			assertThat(head).containsPattern("^HTTP/1.. 4").doesNotContainIgnoringCase("\r\ntransfer-encoding");
			readBody(client, head, false, false);
		}
	}

	@Test
	void answerBeforeItKeepsItsChunks() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET /events?every=50ms&count=2 HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.send("GET /events?every=1ms&count=1 HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
			assertThat(client.readHead()).contains("transfer-encoding: chunked");
			String[] rest = new String(client.readToEnd(), StandardCharsets.UTF_8).split("\r\n0\r\n\r\n", 2);
			assertThat(rest[0]).startsWith("8\r\n: open\n\n\r\n");
			assertThat(rest[1]).startsWith("HTTP/1.")
				.doesNotContain("chunked")
				.containsPattern("\r\n\r\n: open\n\nid: 1\n[^\r]+$");
		}
	}

}
