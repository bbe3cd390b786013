package wsecho.scenario.parameter;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client asks for wrongly is refused before there is a session. */
@RunningService
class BadParameterTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	@LocalServerPort
	private int port;

	@AfterEach
	void nothingIsLeftOpen() throws IOException {
		assertThat(answer("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/websocket?messages=0             | messages        | 0        | from 1 to 1000000
					/websocket?messages=1000001       | messages        | 1000001  | from 1 to 1000000
					/websocket?messages=many          | messages        | many     | from 1 to 1000000
					/websocket?lifetime=-1s           | lifetime        | -1s      | from 0 to 1d
					/websocket?lifetime=2d            | lifetime        | 2d       | from 0 to 1d
					/websocket?end=fin                | end             | fin      | one of close, eof, abort, silence, stall
					/websocket?end=CLOSE              | end             | CLOSE    | one of close, eof, abort, silence, stall
					/websocket?code=1005              | code            | 1005     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?code=999               | code            | 999      | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?code=5000              | code            | 5000     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?delay=61s              | delay           | 61s      | from 0 to 1m
					/websocket?delay                  | delay           | ''       | from 0 to 1m
					/websocket?delay=2parsecs         | delay           | 2parsecs | from 0 to 1m
					/websocket?fragment=0             | fragment        | 0        | from 1B to 64KB
					/websocket?fragment=65KB          | fragment        | 65KB     | from 1B to 64KB
					/websocket?limit=0                | limit           | 0        | from 1B to 1TB
					/websocket?ping=500ms             | ping            | 500ms    | 0, or from 1s to 1h
					/websocket?withhold=ping          | withhold        | ping     | any of pong, close, separated by commas
					/websocket?withhold=pong,,close   | withhold        | pong,,close | any of pong, close, separated by commas
					/websocket?subprotocol=b          | subprotocol     | b        | one of those that are offered, or none
					/websocket?compress=maybe         | compress        | maybe    | true or false
					/websocket?handshake-delay=2m     | handshake-delay | 2m       | from 0 to 1m
					/websocket?delay=1s&delay=2s      | delay           | 1s, 2s   | from 0 to 1m, and stand once
					/websocket/push?every=0           | every           | 0        | from 1ms to 1h
					/websocket/push?every=61m         | every           | 61m      | from 1ms to 1h
					/websocket/push?size=127B         | size            | 127B     | from 128B to 1MB
					/websocket/push?count=0           | count           | 0        | from 1 to 1000000
					/websocket/push?type=ping         | type            | ping     | one of text, binary
					/websocket/close/1006             | code            | 1006     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket/refuse/200             | status          | 200      | from 300 to 599
					/websocket/refuse/600             | status          | 600      | from 300 to 599
					/websocket/refuse/503?retry-after=2d | retry-after  | 2d       | from 0 to 1d
					""")
	void badValueIsNamed(String path, String parameter, String value, String accepts) throws IOException {
		JsonNode problem = refused(path);
		assertThat(problem.path("errors").size()).isOne();
		JsonNode error = problem.path("errors").path(0);
		assertThat(error.path("parameter").asString()).isEqualTo(parameter);
		assertThat(error.path("value").asString()).isEqualTo(value);
		assertThat(error.path("accepts").asString()).isEqualTo(accepts);
		assertThat(problem.path("detail").asString())
			.isEqualTo(parameter + " is \"" + value + "\"; it must be " + accepts + ".");
	}

	@Test
	void reasonIsAtMost123Bytes() throws IOException {
		assertThat(refused("/websocket?reason=" + "%E2%82%AC".repeat(41) + "x").path("detail").asString())
			.contains("at most 123 bytes of UTF-8");
		RawSocket.open(this.port, "/websocket?reason=" + "%E2%82%AC".repeat(41)).close();
	}

	@Test
	void allFaultsAreToldAtOnce() throws IOException {
		JsonNode problem = refused("/websocket/push?every=x&delay=y&code=1&z=1&messages=1");
		assertThat(problem.path("errors").findValuesAsString("parameter")).containsExactlyInAnyOrder("every", "delay",
				"code");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x=1", "Delay=x", "a%20b", "=", "&&" })
	void unknownParameterIsIgnored(String query) throws IOException {
		RawSocket.open(this.port, "/websocket?" + query).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reason=%zz", "reason=%", "delay=%00" })
	void whatIsNoQueryIsABadRequest(String query) throws IOException {
		assertThat(answer(RawSocket.handshake("/websocket?" + query))).startsWith("HTTP/1.1 400 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/websocket/", "/websocket/unknown", "/websocket/close", "/websocket/close/1000/x",
			"/websocket/refuse", "/websockets" })
	void unknownPathIsNotFound(String path) throws IOException {
		assertThat(answer(RawSocket.handshake(path))).startsWith("HTTP/1.1 404 ")
			.containsIgnoringCase("content-type: application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/websocket/close/1", "/websocket/refuse/1", "/websocket?delay=x" })
	void plainRequestIsToldOfWebSocketFirst(String path) throws IOException {
		assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 404 ")
			.contains("speaks WebSocket");
	}

	private JsonNode refused(String path) throws IOException {
		String answer = answer(RawSocket.handshake(path));
		assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: application/problem+json");
		return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
	}

	private String answer(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readResponse();
		}
	}

}
