package wsecho.handshake;

import java.io.IOException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** Handshakes at addresses that have no WebSocket. */
@RunningService
class MisplacedHandshakeTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@ValueSource(
			strings = { "/", "/websocket/", "/ws/websocket", "/api", "/livez", "/console", "/sessions/1", "/a%0ab%1b" })
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

	@ParameterizedTest
	@ValueSource(strings = { "GET /nope", "GET /", "GET http://localhost", "GET //", "GET /websocket;a=b/",
			"GET /websocket/../x", "GET /%2e%2e", "GET /a%2Fb", "GET /%00", "POST /nope", "HEAD /api", "PUT /console",
			"CONNECT /nope", "OPTIONS /sessions/x", "OPTIONS *", "DELETE /livez" })
	void refusalIsCountedOnce(String line) throws IOException {
		double before = refused();
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/").replaceFirst("GET /", line));
			assertThat(client.readHead()).startsWith("HTTP/1.1 404 ");
		}
		assertThat(refused()).isEqualTo(before + 1);
	}

	@Test
	void otherRequestsAreNot() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
		}
	}

	private double refused() {
		return this.meters.find("wsecho.handshakes.refused").counters().stream().mapToDouble(Counter::count).sum();
	}

}
