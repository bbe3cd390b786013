package wsecho.signalr;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.scenario.parameter.Parameter;
import wsecho.scenario.parameter.SignalrParameters;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is negotiated, in which version, and what is refused. */
@RunningService
class NegotiationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SignalrParameters parameters;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@EnumSource
	void everythingIsOfferedInTheOrderInWhichClientsAreToTryIt(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange
			.begin(transport, this.port, "POST", "/signalr/negotiate?negotiateVersion=1")
			.endRequest()
			.awaitHead()) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.field("content-type")).isEqualTo("application/json");
			assertThat(client.field("x-pod")).isNotEmpty();
			String body = client.readBody();
			assertThat(body).endsWith(
					"\"availableTransports\":[{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
							+ "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
							+ "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}");
			JsonNode answer = JsonMapper.shared().readTree(body);
			assertThat(answer.get("negotiateVersion").intValue()).isEqualTo(1);
			assertThat(answer.get("connectionId").stringValue()).matches("[0-9a-f]{40}");
			assertThat(answer.get("connectionToken").stringValue()).matches("[A-Za-z0-9_-]{80,200}");
			assertThat(answer.has("useStatefulReconnect")).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', 0", "?negotiateVersion=0, 0", "?negotiateVersion=1&useStatefulReconnect=true, 1",
			"?negotiateVersion=2, 1", "?negotiateVersion=99, 1" })
	void versionIsTheLatestThatBothKnow(String query, int version) throws Exception {
		JsonNode answer = JsonMapper.shared().readTree(negotiate(query));
		assertThat(answer.get("negotiateVersion").intValue()).isEqualTo(version);
		assertThat(answer.has("connectionToken")).isEqualTo(version == 1);
		assertThat(answer.has("useStatefulReconnect")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "x, The client requested a non-integer protocol version.",
			"'', The client requested a non-integer protocol version.",
			"-1, 'The client requested version ''-1'', but the server does not support this version.'" })
	void versionThatIsNoneIsAnErrorAlone(String version, String error) throws Exception {
		assertThat(negotiate("?negotiateVersion=" + version)).isEqualTo("{\"error\":\"" + error + "\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "DELETE", "OPTIONS", "HEAD" })
	void otherMethodIsNotAllowed(String method) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, method, "/signalr/negotiate")) {
			assertThat(client.status()).isEqualTo(405);
		}
	}

	@Test
	void transportsAreOfferedAsAskedFor() throws Exception {
		assertThat(negotiate("?transports=LongPolling,websockets")).contains("WebSockets", "LongPolling")
			.doesNotContain("ServerSentEvents");
		try (HttpExchange client = HubClient.request(this.port, "GET",
				"/signalr?transports=LongPolling&id="
						+ HubClient.negotiate(this.port, "").get("connectionToken").stringValue(),
				"Accept: text/event-stream")) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.readBody()).isEqualTo("ServerSentEvents transport not supported by this end point type");
		}
	}

	@Test
	void negotiationIsRefusedAndDelayedAsAskedFor() throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "POST",
				"/signalr/negotiate?negotiate-status=503&retry-after=1500ms")) {
			assertThat(client.status()).isEqualTo(503);
			assertThat(client.field("retry-after")).isEqualTo("2");
		}
		long begin = System.nanoTime();
		assertThat(negotiate("?negotiate-delay=300ms&negotiateVersion=1")).contains("connectionToken");
		assertThat(System.nanoTime() - begin).isGreaterThan(300_000_000L);
		try (HttpExchange client = HubClient.request(this.port, "POST",
				"/signalr/negotiate?negotiate-delay=100ms&negotiate-status=404")) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	static final String[] BAD = { "transports=carrier-pigeon", "keep-alive=1ms", "client-timeout=2h", "poll=1ms",
			"reconnect=maybe", "forget=-1s", "negotiate-status=200", "retry-after=x", "negotiate-delay=2m",
			"messages=0", "lifetime=2d", "end=never", "code=1", "reason=" + "r".repeat(124), "delay=2m", "fragment=0",
			"limit=0", "ping=1ms", "withhold=all", "subprotocol=none-such", "compress=maybe", "handshake-delay=2m",
			"attempt=a", "strict=1" };

	static Stream<String> bad() {
		return Stream.of(BAD);
	}

	@ParameterizedTest
	@MethodSource("bad")
	void badValueIsNamedWhereverItComes(String parameter) throws Exception {
		String name = parameter.substring(0, parameter.indexOf('='));
		String id = HubClient.negotiate(this.port, "").get("connectionToken").stringValue();
		assertFault(HubClient.request(this.port, "POST", "/signalr/negotiate?" + parameter), name);
		assertFault(HubClient.request(this.port, "GET", "/signalr?id=" + id + "&" + parameter), name);
		assertFault(
				HubClient.request(this.port, "GET", "/signalr?id=" + id + "&" + parameter, "Accept: text/event-stream"),
				name);
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/signalr?" + parameter)).readResponse())
				.startsWith("HTTP/1.1 400 ")
				.contains("\"parameter\":\"" + name + "\"");
		}
	}

	private static void assertFault(HttpExchange response, String name) throws Exception {
		try (response) {
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.field("content-type")).isEqualTo("application/problem+json");
			assertThat(response.readBody()).contains("\"parameter\":\"" + name + "\"");
		}
	}

	// a parameter that is added has to be tried here
	@Test
	void everyParameterIsTried() {
		assertThat(this.parameters.all()).extracting(Parameter::name)
			.allSatisfy((name) -> assertThat(BAD).anyMatch((each) -> each.startsWith(name + "=")));
	}

	@Test
	void thousandNegotiationsHoldNothing() throws Exception {
		List<String> requests = new ArrayList<>();
		try (RawSocket client = new RawSocket(this.port)) {
			for (int i = 0; i < 1000; i++) {
				client.send("POST /signalr/negotiate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
				requests.add(client.readResponse());
			}
		}
		assertThat(requests).allMatch((each) -> each.startsWith("HTTP/1.1 200 ")).doesNotHaveDuplicates();
		assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero();
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.memory.used").gauge().value()).isZero());
	}

	private String negotiate(String query) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "POST", "/signalr/negotiate" + query)) {
			assertThat(client.status()).isEqualTo(200);
			return client.readBody();
		}
	}

}
