package wsecho.scenario.parameter;

import java.io.IOException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code wsecho.compression} allows clients to ask for. */
class CompressionSettingTests {

	private static final String FIELD = "\r\nsec-websocket-extensions:";

	private static String answer(int port, String path) throws IOException {
		try (RawSocket client = new RawSocket(port)) {
			client.send(RawSocket.handshake(path, "Sec-WebSocket-Extensions: permessage-deflate"));
			String head = client.readHead();
			return head.contains(" 101 ") ? head : head + client.readBody(head);
		}
	}

	@Nested
	@RunningService
	class OnRequest {

		@LocalServerPort
		private int port;

		@Test
		void offerOfAClientThatAsksIsAccepted() throws IOException {
			assertThat(answer(this.port, "/websocket")).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase(FIELD);
			assertThat(answer(this.port, "/websocket?compress=true")).containsIgnoringCase(FIELD);
		}

	}

	@Nested
	@RunningService
	@TestPropertySource(properties = "wsecho.compression=on")
	class On {

		@LocalServerPort
		private int port;

		@Test
		void offerIsAcceptedUnlessAClientAsksForNone() throws IOException {
			assertThat(answer(this.port, "/websocket")).containsIgnoringCase(FIELD);
			assertThat(answer(this.port, "/websocket?compress=false")).startsWith("HTTP/1.1 101 ")
				.doesNotContainIgnoringCase(FIELD);
		}

	}

	// false as Spring Boot reads it, and YAML
	@Nested
	@RunningService
	@TestPropertySource(properties = "wsecho.compression=false")
	class Off {

		@LocalServerPort
		private int port;

		@Test
		void clientThatAsksIsRefused() throws IOException {
			assertThat(answer(this.port, "/websocket?compress=true")).startsWith("HTTP/1.1 400 ")
				.contains("compress is \\\"true\\\"; it must be false, as this service does not compress "
						+ "(wsecho.compression).");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/websocket", "/websocket?compress=false" })
		void offerIsDeclined(String path) throws IOException {
			assertThat(answer(this.port, path)).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase(FIELD);
		}

	}

}
