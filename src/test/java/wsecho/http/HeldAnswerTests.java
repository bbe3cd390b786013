package wsecho.http;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** The answer that is held, and the report of a request. */
@RunningService
class HeldAnswerTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void answerComesAfterItsTime(Transport transport) throws Exception {
		long start = System.nanoTime();
		try (HttpExchange client = open(transport, "/hold/300ms")) {
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(300).toNanos());
			JsonNode answer = JsonMapper.shared().readTree(client.readBody());
			assertThat(answer.get("session").stringValue()).isEqualTo(client.sessionId());
			assertThat(answer.get("askedMillis").asInt()).isEqualTo(300);
			assertThat(answer.get("heldMillis").asInt()).isBetween(300, 5000);
			assertThat(answer.get("stopped").asBoolean()).isFalse();
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", "body", 0));
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, eof", "HTTP_1_1, abort", "HTTP_2, abort" })
	void endIsNoAnswer(Transport transport, String end) throws Exception {
		try (HttpExchange client = HttpExchange.begin(transport, this.port, "GET", "/hold/50ms?end=" + end)) {
			assertThatIOException().isThrownBy(client::awaitHead);
		}
	}

	@Test
	void answerOfZeroComesAtOnce() throws Exception {
		try (HttpExchange client = open(Transport.HTTP_1_1, "/hold/0")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource
	void headIsHeldToo(Transport transport) throws Exception {
		long start = System.nanoTime();
		try (HttpExchange client = HttpExchange.open(transport, this.port, "HEAD", "/hold/300ms")) {
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(300).toNanos());
			assertThat(client.readBody()).isEmpty();
		}
	}

	private HttpExchange open(Transport transport, String target) throws Exception {
		return HttpExchange.open(transport, this.port, "GET", target);
	}

}
