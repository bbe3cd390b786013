package wsecho.server;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** HTTP/1.0 knows no chunks: the end of the connection is that of the body. */
@RunningService
class Http10Tests {

	@LocalServerPort
	private int port;

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
	@ValueSource(strings = { "GET /api", "GET /", "GET /hold/1ms", "GET /request", "GET /sessions/0", "HEAD /events",
			"GET /none", "DELETE /events" })
	void noAnswerHasChunks(String request) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(request + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
			assertThat(client.readHead()).doesNotContainIgnoringCase("transfer-encoding");
			client.readToEnd();
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
