package wsecho.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of the WebSocket paths, against what they do. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.sessions=1")
class ApiTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	@LocalServerPort
	private int port;

	@Test
	void everyAddressSpeaksWebSocket() throws Exception {
		JsonNode channels = api().get("channels");
		assertThat(channels).hasSize(5);
		for (JsonNode channel : channels) {
			assertThat(send("GET", path(channel)).body()).contains("This address speaks WebSocket");
		}
	}

	// a parameter that stands twice is refused by whoever knows it
	@Test
	void everyParameterIsKnownWhereItIsSaidToBe() throws Exception {
		JsonNode api = api();
		JsonNode modifiers = api.at("/channels/websocket/bindings/ws/query/properties");
		assertThat(modifiers).hasSize(15);
		for (JsonNode channel : api.get("channels")) {
			Set<String> described = names(channel.at("/bindings/ws/query/properties"));
			assertThat(described).containsAll(names(modifiers));
			assertThat(refused(path(channel), all(api))).isEqualTo(described);
		}
	}

	// what is named there may be asked: unlike other paths it knows what an id is
	@ParameterizedTest
	@CsvSource({ "sessions, A session's id is ", "attempts, An attempt's name is " })
	void whatItCanBeAskedIsNamed(String name, String problem) throws Exception {
		JsonNode marker = api().get("x-wsecho");
		assertThat(marker.get("version")).isEqualTo(api().at("/info/version"));
		String path = marker.get(name).stringValue().replaceFirst("\\{.*}", "a");
		HttpResponse<String> answer = send("GET", path);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains(problem);
	}

	@Test
	void pathsOfPlainHttpAreNamedAndAnswer() throws Exception {
		JsonNode paths = api().get("x-wsecho").get("http");
		assertThat(paths).hasSize(4);
		for (JsonNode path : paths) {
			String target = path.stringValue().replaceFirst("\\{.*}", "1ms");
			assertThat(send("OPTIONS", target).statusCode()).isEqualTo(405);
		}
	}

	@Test
	void hubIsNamedAndNegotiates() throws Exception {
		JsonNode hub = api().get("x-wsecho").get("signalr");
		assertThat(send("OPTIONS", hub.get("hub").stringValue()).statusCode()).isEqualTo(405);
		assertThat(send("GET", hub.get("negotiate").stringValue()).statusCode()).isEqualTo(405);
		assertThat(hub.at("/query/poll/description").stringValue())
			.isEqualTo("how long a poll is held. It must be from 100ms to 10m. Default: 90s.");
	}

	@Test
	void valuesOfAParameterAreDescribed() throws Exception {
		JsonNode schemas = api().at("/components/schemas");
		assertThat(schemas.get("messages").toString()).contains("\"minimum\":1,\"maximum\":1000000,");
		assertThat(schemas.at("/end/enum").toString()).isEqualTo("[\"close\",\"eof\",\"abort\",\"silence\",\"stall\"]");
		assertThat(schemas.at("/end/default").stringValue()).isEqualTo("close");
		assertThat(schemas.at("/code/default").intValue()).isEqualTo(1000);
		assertThat(schemas.at("/delay/description").stringValue()).endsWith("It must be from 0 to 1m. Default: 0.");
		assertThat(schemas.at("/delay/default").stringValue()).isEqualTo("0");
		assertThat(schemas.at("/strict/default").booleanValue()).isFalse();
		assertThat(schemas.at("/messages/description").stringValue()).endsWith("Default: none.");
		assertThat(schemas.get("messages").has("default")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "/websocket/handshake, report", "/websocket/push, numbered" })
	void messageHasTheShapeThatIsDescribed(String path, String message) throws Exception {
		JsonNode schema = api().at("/components/messages/" + message + "/payload");
		try (RawSocket client = RawSocket.open(this.port, path, "Cookie: a=b")) {
			assertThat(client.readFirst()).isEqualTo(0x81);
			JsonNode payload = JSON.readTree(client.readPayload());
			assertThat(List.copyOf(payload.propertyNames()))
				.isEqualTo(schema.get("required").valueStream().map(JsonNode::stringValue).toList());
			assertThat(names(schema.get("properties"))).isEqualTo(names(payload));
		}
	}

	@ParameterizedTest
	@CsvSource({ "localhost:8443", "example.org", "'[::1]:8080'" })
	void serverIsTheOneThatWasAsked(String host) throws Exception {
		JsonNode servers = servers(host);
		assertThat(servers.at("/ws/host").stringValue()).isEqualTo(host);
		assertThat(servers.at("/ws/protocol").stringValue()).isEqualTo("ws");
	}

	// whether TLS ends at a proxy is not known
	@Test
	void requestInTheClearNamesBothSchemes() throws Exception {
		assertThat(servers("localhost").propertyNames()).containsExactly("ws", "wss");
	}

	@Test
	void answersWhileSessionsAreRefused() throws Exception {
		try (RawSocket session = RawSocket.open(this.port, "/websocket");
				RawSocket tooMany = new RawSocket(this.port)) {
			assertThat(tooMany.send(RawSocket.handshake("/websocket")).readHead()).startsWith("HTTP/1.1 503 ");
			assertThat(send("GET", "/api").statusCode()).isEqualTo(200);
			assertThat(session.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	@Test
	void headHasNoBody() throws Exception {
		HttpResponse<String> response = send("HEAD", "/api");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
		assertThat(response.headers()).isEqualTo(send("GET", "/api").headers());
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
	}

	@Test
	void otherMethodIsNotAllowed() throws Exception {
		HttpResponse<String> response = send("POST", "/api");
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("Allow")).hasValue("GET,HEAD");
	}

	private JsonNode servers(String host) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			String response = client.send("GET /api HTTP/1.1\r\nHost: " + host + "\r\n\r\n").readResponse();
			return JSON.readTree(response.substring(response.indexOf('{'))).get("servers");
		}
	}

	private JsonNode api() throws Exception {
		return JSON.readTree(send("GET", "/api").body());
	}

	private static String path(JsonNode channel) {
		return channel.get("address").stringValue().replace("{code}", "1000").replace("{status}", "418");
	}

	private static Set<String> all(JsonNode api) {
		return api.get("channels")
			.valueStream()
			.flatMap((channel) -> names(channel.at("/bindings/ws/query/properties")).stream())
			.collect(Collectors.toSet());
	}

	private Set<String> refused(String path, Set<String> parameters) throws Exception {
		String query = parameters.stream().map((name) -> name + "&" + name).collect(Collectors.joining("&"));
		try (RawSocket client = new RawSocket(this.port)) {
			String response = client.send(RawSocket.handshake(path + "?" + query)).readResponse();
			assertThat(response).startsWith("HTTP/1.1 400 ");
			return JSON.readTree(response.substring(response.indexOf('{')))
				.get("errors")
				.valueStream()
				.map((fault) -> fault.get("parameter").stringValue())
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private static Set<String> names(JsonNode node) {
		return new TreeSet<>(node.propertyNames());
	}

	private HttpResponse<String> send(String method, String path) throws Exception {
		URI uri = URI.create("http://localhost:" + this.port + path);
		return HTTP.send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
	}

}
