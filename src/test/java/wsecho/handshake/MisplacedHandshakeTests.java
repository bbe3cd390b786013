package wsecho.handshake;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** Handshakes at addresses that have no WebSocket. */
@RunningService
class MisplacedHandshakeTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(
			strings = { "/", "/websocket/", "/ws/websocket", "/api", "/livez", "/page.js", "/sessions/1", "/a%0ab%1b" })
	void answerShowsThePathAndWhereTheSocketsAre(String path) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake(path)).readResponse()).startsWith("HTTP/1.1 404 ")
				.containsIgnoringCase("content-type: application/problem+json")
				.contains("no WebSocket at \\\"" + path + "\\\"", " /websocket, ", "/websocket/push");
		}
	}

	@Test
	void brokenHandshakeIsToldTheAddressFirst() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET / HTTP/1.0\r\nHost: localhost\r\nSec-WebSocket-Version: 13\r\n\r\n");
			assertThat(client.readResponse()).contains(" 404 ", "no WebSocket at");
		}
	}

	@Test
	void otherRequestsAreNot() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
		}
	}

}
