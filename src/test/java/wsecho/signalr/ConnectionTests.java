package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.signalr.HubClient.Carrier;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which connection a request is for, and what is said of those that there are not. */
@RunningService
class ConnectionTests {

	private static final String ATTEMPT = "0123456789-abcdefghijkl";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "DELETE" })
	void idIsRequired(String method) throws Exception {
		for (String target : new String[] { "/signalr", "/signalr?id=" }) {
			try (HttpExchange client = HubClient.request(this.port, method, target)) {
				assertThat(client.status()).isEqualTo(400);
				assertThat(client.field("content-type")).isEqualTo("text/plain");
				assertThat(client.readBody()).isEqualTo("Connection ID required");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "OPTIONS", "HEAD" })
	void otherMethodIsNotAllowed(String method) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, method, "/signalr?id=" + token())) {
			assertThat(client.status()).isEqualTo(405);
		}
	}

	@Test
	void idsThatAreNoneAreToldApart() throws Exception {
		assertUnknown("abc", "unknown");
		assertUnknown("%20", "unknown");
		assertUnknown("A".repeat(2000), "unknown");
		assertUnknown(changed(token(), -1), "forged");
		assertUnknown(changed(token(), 25), "forged");
		assertUnknown(changed(token(), 1), "other-instance");
	}

	// every request of a client's, whatever it is
	private void assertUnknown(String id, String verdict) throws Exception {
		for (String method : new String[] { "GET", "POST", "DELETE" }) {
			try (HttpExchange client = HubClient.request(this.port, method, "/signalr?id=" + id)) {
				assertUnknown(client, verdict);
			}
		}
		try (HttpExchange client = HubClient.request(this.port, "GET", "/signalr?id=" + id,
				"Accept: text/event-stream")) {
			assertUnknown(client, verdict);
		}
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/signalr?id=" + id)).readResponse()).startsWith("HTTP/1.1 404 ")
				.containsIgnoringCase("x-connection-token: " + verdict)
				.endsWith("\r\n\r\nNo Connection with that ID");
		}
	}

	private static void assertUnknown(HttpExchange response, String verdict) throws Exception {
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.field("x-connection-token")).isEqualTo(verdict);
		assertThat(response.field("x-pod")).isNotEmpty();
		assertThat(response.readBody()).isEqualTo("No Connection with that ID");
	}

	@Test
	void attemptTellsWhichInstanceHasNegotiated() throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "GET",
				"/signalr?id=" + changed(token(), 1) + "&attempt=" + ATTEMPT)) {
			assertThat(client.field("x-negotiated-by")).isEqualTo(client.field("x-pod"));
		}
		try (HttpExchange client = HubClient.request(this.port, "GET", "/attempts/" + ATTEMPT)) {
			JsonNode arrival = JsonMapper.shared().readTree(client.readBody()).get("arrivals").get(0);
			assertThat(arrival.get("status").intValue()).isEqualTo(404);
			assertThat(arrival.get("problem").stringValue()).contains("Negotiated with instance ", "affinity");
		}
	}

	@ParameterizedTest
	@EnumSource
	void tokenWorksOnce(Carrier carrier) throws Exception {
		JsonNode negotiated = HubClient.negotiate(this.port, "");
		String token = negotiated.get("connectionToken").stringValue();
		try (HubClient client = HubClient.connectWith(carrier, this.port, "", token)) {
			try (RawSocket second = new RawSocket(this.port)) {
				assertThat(second.send(RawSocket.handshake("/signalr?id=" + token)).readResponse())
					.startsWith((carrier == Carrier.WEBSOCKETS) ? "HTTP/1.1 409 " : "HTTP/1.1 400 ");
			}
			try (HttpExchange second = HubClient.request(this.port, "GET", "/signalr?id=" + token,
					"Accept: text/event-stream")) {
				assertThat(second.status()).isEqualTo((carrier == Carrier.EVENTS) ? 409 : 400);
			}
			client.send(HubClient.HANDSHAKE).send("{\"type\":7}");
			assertThat(client.rest()).containsExactly("{}");
		}
		await().untilAsserted(() -> assertThat(session(negotiated)).contains("\"how\":"));
		assertThat(session(negotiated)).contains("\"transport\":\"signalr-");
		assertUnknown(token, "ended");
	}

	private String session(JsonNode negotiated) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "GET",
				"/sessions/" + negotiated.get("connectionId").stringValue())) {
			return client.readBody();
		}
	}

	@Test
	void idOfVersionZeroIsTheToken() throws Exception {
		try (HttpExchange negotiation = HubClient.request(this.port, "POST", "/signalr/negotiate")) {
			String id = JsonMapper.shared().readTree(negotiation.readBody()).get("connectionId").stringValue();
			try (RawSocket client = RawSocket.open(this.port, "/signalr?id=" + id)) {
				assertThat(client.sessionId()).matches("[0-9a-f]{40}");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void webSocketNeedsNoNegotiation(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/signalr")) {
			client.sendFrame(0x81, (HubClient.HANDSHAKE + "\u001e").getBytes(StandardCharsets.UTF_8));
			assertThat(client.readFrame()).isEqualTo("81:7b7d1e");
		}
	}

	@Test
	void onlyPollsAreEndedByDelete() throws Exception {
		for (Carrier carrier : Carrier.values()) {
			try (HubClient client = HubClient.open(carrier, this.port, "");
					HttpExchange delete = HubClient.request(this.port, "DELETE", client.target)) {
				assertThat(delete.status()).isEqualTo((carrier == Carrier.POLLING) ? 202 : 400);
				assertThat(delete.readBody()).isEqualTo((carrier == Carrier.POLLING) ? ""
						: "Cannot terminate this connection using the DELETE endpoint.");
			}
		}
	}

	@Test
	void nothingIsPostedToAWebSocket() throws Exception {
		try (HubClient client = HubClient.open(Carrier.WEBSOCKETS, this.port, "");
				HttpExchange post = HubClient.request(this.port, "POST", client.target)) {
			assertThat(post.status()).isEqualTo(405);
			assertThat(post.readBody()).isEqualTo("POST requests are not allowed for WebSocket connections.");
		}
	}

	@Test
	void connectionIsForgottenAsAskedFor() throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "GET", "/signalr?forget=0&id=" + token())) {
			assertUnknown(client, "forgotten");
		}
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "forget=2s")) {
			await().untilAsserted(() -> {
				try (HttpExchange post = HubClient.request(this.port, "POST", client.target)) {
					assertUnknown(post, "forgotten");
				}
			});
			try (HttpExchange end = HubClient.request(this.port, "DELETE", client.target.replace("&forget=2s", ""))) {
				assertThat(end.status()).isEqualTo(202);
			}
		}
	}

	@Test
	void originsAreRepeatedAndAskedBefore() throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "OPTIONS", "/signalr/negotiate?negotiateVersion=1",
				"Origin: https://pages.example.org", "Access-Control-Request-Method: POST",
				"Access-Control-Request-Headers: authorization,x-requested-with,x-signalr-user-agent")) {
			assertThat(client.status()).isEqualTo(204);
			assertThat(client.field("access-control-allow-origin")).isEqualTo("https://pages.example.org");
			assertThat(client.field("access-control-allow-credentials")).isEqualTo("true");
			assertThat(client.field("access-control-allow-methods")).isEqualTo("GET,POST,DELETE");
			assertThat(client.field("access-control-allow-headers"))
				.isEqualTo("authorization,x-requested-with,x-signalr-user-agent");
		}
		for (String target : new String[] { "/signalr", "/signalr?id=" + token() }) {
			try (HttpExchange client = HubClient.request(this.port, "GET", target, "Origin: null")) {
				assertThat(client.field("access-control-allow-origin")).isEqualTo("null");
				assertThat(client.field("access-control-allow-credentials")).isEqualTo("true");
				assertThat(client.field("access-control-expose-headers")).contains("X-Pod", "X-Connection-Token");
			}
		}
	}

	@Test
	void tokenOfAQueryIsInNoReport() throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "GET", "/request?a=1&access%5Ftoken=secret&b=2")) {
			assertThat(client.readBody()).contains("/request?a=1&access%5Ftoken=[6]&b=2").doesNotContain("secret");
		}
		try (RawSocket client = RawSocket.open(this.port, "/websocket/handshake?Access_Token=secret")) {
			client.readFirst();
			assertThat(new String(client.readPayload(), StandardCharsets.UTF_8)).contains("Access_Token=[6]")
				.doesNotContain("secret");
		}
	}

	private String token() throws Exception {
		return HubClient.negotiate(this.port, "").get("connectionToken").stringValue();
	}

	/** A token with one byte changed; from the end, if the index is negative. */
	private static String changed(String token, int index) {
		byte[] bytes = Base64.getUrlDecoder().decode(token);
		bytes[(index < 0) ? bytes.length + index : index] ^= 1;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
