package wsecho.scenario.parameter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
					/websocket?messages=%D9%A1        | messages        | ١        | from 1 to 1000000
					/websocket?code=100%D9%A1         | code            | 100١     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?lifetime=-1s           | lifetime        | -1s      | from 0 to 1d
					/websocket?lifetime=2d            | lifetime        | 2d       | from 0 to 1d
					/websocket?end=fin                | end             | fin      | one of close, eof, abort, silence, stall
					/websocket?end=CLOSE              | end             | CLOSE    | one of close, eof, abort, silence, stall
					/websocket?code=1005              | code            | 1005     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?code=999               | code            | 999      | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?code=5000              | code            | 5000     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket?delay=61s              | delay           | 61s      | from 0 to 1m
					/websocket?delay                  | delay           | ''       | a whole number and its unit, such as 250ms, 5s or 1m: from 0 to 1m
					/websocket?delay=2parsecs         | delay           | 2parsecs | a whole number and its unit, such as 250ms, 5s or 1m: from 0 to 1m
					/websocket?fragment=0             | fragment        | 0        | from 1B to 64KB
					/websocket?fragment=65KB          | fragment        | 65KB     | from 1B to 64KB
					/websocket?limit=0                | limit           | 0        | from 1B to 1TB
					/websocket?ping=500ms             | ping            | 500ms    | 0, or from 1s to 1h
					/websocket?withhold=ping          | withhold        | ping     | any of pong, close, separated by commas
					/websocket?withhold=pong,,close   | withhold        | pong,,close | any of pong, close, separated by commas
					/websocket?subprotocol=b          | subprotocol     | b        | one of the offered subprotocols, or none
					/websocket?compress=maybe         | compress        | maybe    | true or false
					/websocket?handshake-delay=2m     | handshake-delay | 2m       | from 0 to 1m
					/websocket?delay=1s&delay=2s      | delay           | 1s, 2s   | from 0 to 1m, and be given once
					/websocket/push?every=0           | every           | 0        | from 1ms to 1h
					/websocket/push?every=61m         | every           | 61m      | from 1ms to 1h
					/websocket/push?size=127B         | size            | 127B     | from 128B to 1MB
					/websocket/push?count=0           | count           | 0        | from 1 to 1000000
					/websocket/push?type=ping         | type            | ping     | one of text, binary
					/websocket/close/1006             | code            | 1006     | from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999
					/websocket/refuse/200             | status          | 200      | from 300 to 599
					/websocket/refuse/600             | status          | 600      | from 300 to 599
					/websocket/refuse/503?retry-after=2d | retry-after  | 2d       | from 0 to 1d
					/websocket/refuse/503?retry-after=5 | retry-after   | 5        | a whole number and its unit, such as 250ms, 5s or 1m: from 0 to 1d
					/websocket?lifetime=3             | lifetime        | 3        | a whole number and its unit, such as 250ms, 5s or 1m: from 0 to 1d
					/websocket?lifetime=1.5s          | lifetime        | 1.5s     | a whole number and its unit, such as 250ms, 5s or 1m: from 0 to 1d
					/websocket?lifetime=PT5S          | lifetime        | PT5S     | a whole number and its unit, such as 250ms, 5s or 1m: from 0 to 1d
					/websocket?lifetime=99999999999999999999d | lifetime | 99999999999999999999d | from 0 to 1d
					/websocket?lifetime=9999999999999999d | lifetime | 9999999999999999d | from 0 to 1d
					/websocket?ping=30                | ping            | 30       | a whole number and its unit, such as 250ms, 5s or 1m: 0, or from 1s to 1h
					/websocket?fragment=1kb           | fragment        | 1kb      | a whole number of bytes, or one with its unit, such as 64KB or 1MB: from 1B to 64KB
					/websocket?limit=1MiB             | limit           | 1MiB     | a whole number of bytes, or one with its unit, such as 64KB or 1MB: from 1B to 1TB
					/websocket/push?size=1.5KB        | size            | 1.5KB    | a whole number of bytes, or one with its unit, such as 64KB or 1MB: from 128B to 1MB
					/websocket?reason=%FF             | reason          | %FF     | percent-encoded UTF-8
					/websocket?x=%C3                  | x               | %C3     | percent-encoded UTF-8
					/websocket?%FF=1                  | %FF            | 1        | percent-encoded UTF-8
					/websocket?strict=1               | strict          | 1        | true or false
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

	@Test
	void ignoredParametersAreNamed() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket?message=1&MESSAGES=0&a%2Cb%0A=%22&message=2"))
				.readHead()).startsWith("HTTP/1.1 101 ")
				.containsIgnoringCase("\r\nx-ignored-parameters: message, MESSAGES, a%2Cb%0A\r\n");
		}
	}

	@Test
	void listOfIgnoredParametersIsBounded() throws IOException {
		String name = "%22".repeat(100);
		try (RawSocket client = new RawSocket(this.port)) {
			String head = client.send(RawSocket.handshake("/websocket?" + name + "&" + many("p"))).readHead();
			assertThat(head).startsWith("HTTP/1.1 101 ");
			assertThat(head.substring(head.toLowerCase(Locale.ROOT).indexOf("x-ignored-parameters: ")))
				.contains(" " + "%22".repeat(64) + ", p0, p1, ", ", p14\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "%FF, 32", "p, 16" })
	void listOfFaultsIsBounded(String names, int faults) throws IOException {
		assertThat(refused("/websocket?strict=true&" + many(names)).path("errors")).hasSize(faults);
	}

	@ParameterizedTest
	@ValueSource(strings = { "p&", "&=x&p&&" })
	void numberOfParametersIsLimited(String more) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket?" + more + many("p"))).readHead())
				.startsWith("HTTP/1.1 101 ");
		}
		assertThat(refused("/websocket?q&" + more + many("p")).path("detail").asString())
			.isEqualTo("The query has 101 parameters; it may have 100.");
	}

	@Test
	void textIsNotCutWithinACharacter() throws IOException {
		String grin = "%F0%9F%98%80";
		assertThat(refused("/websocket?delay=x" + grin.repeat(150)).path("errors").path(0).path("value").asString())
			.isEqualTo("x" + "\ud83d\ude00".repeat(99) + "...");
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket?x" + grin.repeat(100))).readHead())
				.containsIgnoringCase("\r\nx-ignored-parameters: x" + grin.repeat(31) + "\r\n");
		}
	}

	@Test
	void longValueIsCut() throws IOException {
		assertThat(
				refused("/websocket?delay=" + "9".repeat(3000) + "s").path("errors").path(0).path("value").asString())
			.isEqualTo("9".repeat(200) + "...");
	}

	@Test
	void handshakeThatIgnoresNothingSaysNothing() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket/push?every=1s&delay=0")).readHead())
				.startsWith("HTTP/1.1 101 ")
				.doesNotContainIgnoringCase("ignored");
		}
	}

	@Test
	void strictRefusesWhatIsNotKnown() throws IOException {
		JsonNode problem = refused("/websocket/push?strict=true&message=1&MESSAGES=0&Evry=1s&lifetime=1s");
		assertThat(problem.path("errors").findValuesAsString("parameter")).containsExactly("message", "MESSAGES",
				"Evry");
		assertThat(problem.path("detail").asString()).startsWith(
				"message is no parameter of this path; it must be one of attempt, code, compress, count, delay, end, ");
		RawSocket.open(this.port, "/websocket?strict=true&messages=1").close();
	}

	// the parameter of a path is no parameter of its query
	@Test
	void strictKnowsWhichPathHasAParameter() throws IOException {
		assertThat(refused("/websocket?strict=true&every=1s").path("errors").findValuesAsString("parameter"))
			.containsExactly("every");
		assertThat(refused("/websocket/refuse/503?strict=true&status=1").path("errors").findValuesAsString("parameter"))
			.containsExactly("status");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reason=%C3%A9%E2%82%AC+%2B%26", "reason=\u00c3\u00a9%E2%82%AC%20%2b%26",
			"%72eason=%C3%A9%E2%82%AC+%2B%26" })
	void textIsUtf8(String query) throws IOException {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?lifetime=0&" + query)) {
			assertThat(client.readFrame())
				.isEqualTo("88:03e8" + HexFormat.of().formatHex("\u00e9\u20ac +&".getBytes(StandardCharsets.UTF_8)));
		}
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

	private static String many(String name) {
		return IntStream.range(0, 99).mapToObj((i) -> name + i).collect(Collectors.joining("&"));
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
