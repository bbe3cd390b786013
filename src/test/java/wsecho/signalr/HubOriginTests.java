package wsecho.signalr;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.signalr.HubClient.Carrier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pages may connect to the hub, and read its answers. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.origins=https://*.example.org")
class HubOriginTests {

	private static final String ALLOWED = "https://pages.example.org";

	private static final String OTHER = "Origin: https://pages.example.com";

	private static final String[] PREFLIGHT = { "Access-Control-Request-Method: POST",
			"Access-Control-Request-Headers: x-requested-with,x-signalr-user-agent" };

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/signalr/negotiate?negotiateVersion=1", "/signalr?id=x" })
	void allowedPageIsToldBeforeThatItMay(String target) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "OPTIONS", target, "Origin: " + ALLOWED, PREFLIGHT[0],
				PREFLIGHT[1])) {
			assertThat(client.status()).isEqualTo(204);
			assertReadable(client);
			assertThat(client.field("access-control-allow-methods")).isEqualTo("GET,POST,DELETE");
			assertThat(client.field("access-control-allow-headers")).isEqualTo("x-requested-with,x-signalr-user-agent");
			assertThat(client.field("vary")).contains("Origin", "Access-Control-Request-Headers");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/signalr/negotiate?negotiateVersion=1", "/signalr?id=x" })
	void otherPageIsToldBeforeThatItMayNot(String target) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, "OPTIONS", target, OTHER, PREFLIGHT[0], PREFLIGHT[1])) {
			assertThat(client.status()).isEqualTo(403);
			assertUnreadable(client);
		}
	}

	@Test
	void allowedPageNegotiatesAndOthersDoNot() throws Exception {
		String target = "/signalr/negotiate?negotiateVersion=1";
		try (HttpExchange client = HubClient.request(this.port, "POST", target, "Origin: " + ALLOWED)) {
			assertThat(client.status()).isEqualTo(200);
			assertReadable(client);
		}
		for (String[] fields : List.of(new String[] { OTHER }, new String[] { "Origin: null" },
				new String[] { "Origin: " + ALLOWED, OTHER })) {
			try (HttpExchange client = HubClient.request(this.port, "POST", target, fields)) {
				assertThat(client.status()).isEqualTo(403);
				assertUnreadable(client);
				assertThat(client.readBody()).contains("which may not connect here").doesNotContain("connectionToken");
			}
		}
	}

	// what is refused begins nothing: the token is as good as new
	@ParameterizedTest
	@EnumSource
	void allowedPageConnectsAndOthersDoNot(Carrier carrier) throws Exception {
		String target = "/signalr?id=" + HubClient.negotiate(this.port, "").get("connectionToken").stringValue();
		if (carrier == Carrier.WEBSOCKETS) {
			try (RawSocket client = new RawSocket(this.port)) {
				assertThat(client.send(RawSocket.handshake(target, OTHER)).readResponse()).startsWith("HTTP/1.1 403 ");
			}
			Transport.HTTP_1_1.open(this.port, target, "Origin: " + ALLOWED).close();
			return;
		}
		String accept = (carrier == Carrier.EVENTS) ? "Accept: text/event-stream" : "Accept: */*";
		assertRefused("GET", target, accept);
		try (HttpExchange client = HubClient.request(this.port, "GET", target, accept, "Origin: " + ALLOWED)) {
			assertThat(client.status()).isEqualTo(200);
			assertReadable(client);
			assertRefused("GET", target, accept);
			assertRefused("POST", target, accept);
			assertRefused("DELETE", target, accept);
			try (HttpExchange post = HubClient.request(this.port, "POST", target, "Origin: " + ALLOWED)) {
				assertThat(post.status()).isEqualTo(200);
				assertReadable(post);
			}
		}
	}

	private void assertRefused(String method, String target, String accept) throws Exception {
		try (HttpExchange client = HubClient.request(this.port, method, target, accept, OTHER)) {
			assertThat(client.status()).isEqualTo(403);
			assertUnreadable(client);
		}
	}

	private static void assertReadable(HttpExchange response) {
		assertThat(response.field("access-control-allow-origin")).isEqualTo(ALLOWED);
		assertThat(response.field("access-control-allow-credentials")).isEqualTo("true");
		assertThat(response.field("access-control-expose-headers")).contains("X-Pod", "X-Connection-Token");
	}

	private static void assertUnreadable(HttpExchange response) {
		assertThat(response.field("access-control-allow-origin")).isEmpty();
		assertThat(response.field("access-control-allow-credentials")).isEmpty();
	}

}
