package wsecho.handshake;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** Offers of extensions (RFC 6455, 9.1; RFC 7692, 7.1). */
@RunningService
class ExtensionNegotiationTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { ";", "permessage-deflate;;", "permessage-deflate;", "a b", "a; b=", "a; =1", "a; b=\"1",
			"a; b=\"\"", "a; b=\"1 2\"", "a; b=\"1\\\"", "a; b=1 2", "\"a\"", "a; b=1=2", "permessage-deflate, ;",
			"caf\u00e9" })
	void malformedFieldFailsTheHandshake(String field) throws IOException {
		for (String path : new String[] { "/websocket", "/websocket?compress=true" }) {
			try (RawSocket client = new RawSocket(this.port)) {
				client.send(RawSocket.handshake(path, "Sec-WebSocket-Extensions: " + field));
				assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ").contains("Sec-WebSocket-Extensions is");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			permessage-deflate; server_max_window_bits=15      | permessage-deflate; server_max_window_bits=15
			permessage-deflate; server_max_window_bits="1\\5"  | permessage-deflate; server_max_window_bits=15
			permessage-deflate ;server_max_window_bits = 9     | permessage-deflate; server_max_window_bits=9
			, ,a; b; c=1,permessage-deflate                    | permessage-deflate
			""")
	void acceptedParametersAreAnswered(String offers, String accepted) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket?compress=true", "Sec-WebSocket-Extensions: " + offers));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ")
				.containsIgnoringCase("\r\nsec-websocket-extensions: " + accepted + "\r\n");
		}
	}

	@Test
	void tokensAreLimited() {
		assertThat(ExtensionOffers.read(List.of("a; b=1" + "; c".repeat(97)))).isNotNull();
		assertThat(ExtensionOffers.read(List.of("a; b=1" + "; c".repeat(97), "d"))).isNull();
		assertThat(ExtensionOffers.read(List.of("a" + "; b=\"1\"".repeat(49)))).isNotNull();
		assertThat(ExtensionOffers.read(List.of("a" + "; b=\"1\"".repeat(50)))).isNull();
		assertThat(ExtensionOffers.read(List.of("a" + ",".repeat(200)))).isNotNull();
	}

	@Test
	void readingTakesTimeByTheLengthAlone() {
		String offer = "permessage-deflate" + " ".repeat(1_000_000) + "x";
		long start = System.nanoTime();
		assertThat(ExtensionOffers.read(List.of(offer))).isNull();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

}
