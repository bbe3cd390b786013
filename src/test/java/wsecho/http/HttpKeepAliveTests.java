package wsecho.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Who is given up and who is not. One whose system acknowledges nothing needs a network
 * that goes down: .ci/vanished.
 */
@RunningService
@TestPropertySource(properties = { "wsecho.keep-alive.interval=1s", "wsecho.keep-alive.timeout=1s" })
class HttpKeepAliveTests {

	private static final ToldEnd GIVEN_UP = new ToldEnd("network", "keep-alive", 0);

	@LocalServerPort
	private int port;

	@Test
	void clientThatTakesNothingIsGivenUp() throws Exception {
		try (HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET",
				"/events?every=1ms&size=1MB&ping=1s")) {
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(GIVEN_UP);
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientThatTakesCommentsIsNot(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, "GET", "/events?every=1h&ping=1s")) {
			int comments = 0;
			while (comments < 4) {
				comments += client.readLine().equals(": ping") ? 1 : 0;
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void quietEchoIsGivenUpAndHasNoComments(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.begin(transport, this.port, "POST", "/echo?ping=1s")) {
			client.send(new byte[] { 'a' });
			assertThat(client.awaitHead().read(1)).containsExactly('a');
			assertThatIOException().isThrownBy(() -> assertThat(client.read(1)).isEmpty());
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(GIVEN_UP);
		}
	}

	@ParameterizedTest
	@EnumSource
	void quietUploadIsGivenUp(Transport transport) throws Exception {
		String attempt = "quiet-upload-is-given-up-" + transport;
		try (HttpExchange client = HttpExchange.begin(transport, this.port, "POST", "/request?attempt=" + attempt)) {
			client.send(new byte[] { 'a' });
			String session = await().until(() -> session(attempt), (id) -> !id.isEmpty());
			assertThat(ToldEnd.of(this.port, session)).isEqualTo(GIVEN_UP);
		}
	}

	@ParameterizedTest
	@EnumSource
	void heldAnswerIsNoSilence(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, "GET", "/hold/3s")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	private String session(String attempt) throws Exception {
		try (HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET", "/attempts/" + attempt)) {
			return JsonMapper.shared().readTree(client.readBody()).at("/arrivals/0/session").asString("");
		}
	}

}
