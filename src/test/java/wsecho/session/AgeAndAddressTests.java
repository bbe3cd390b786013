package wsecho.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How long a session may last, and how many may come from one address. */
@RunningService
@TestPropertySource(properties = { "wsecho.limits.age=3s", "wsecho.limits.sessions-per-address=2" })
class AgeAndAddressTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void sessionThatIsTooOldIsClosed(Transport transport) throws Exception {
		long start = System.nanoTime();
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			long opened = System.nanoTime();
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			String close = client.readFrame();
			assertThat(close).startsWith("88:03e9");
			assertThat(new String(HexFormat.of().parseHex(close.substring(7)), StandardCharsets.UTF_8))
				.isEqualTo("Session is too old");
			// less up to a tenth
			assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(2.6);
			assertThat((System.nanoTime() - opened) / 1e9).isLessThan(4);
		}
	}

	@Test
	void oneTooManyFromAnAddressIsToldToComeBack() throws Exception {
		try (RawSocket one = RawSocket.open(this.port, "/websocket");
				RawSocket other = RawSocket.open(this.port, "/websocket")) {
			assertThat(handshake()).startsWith("HTTP/1.1 503 ")
				.containsIgnoringCase("retry-after: 5\r\n")
				.contains("Your address");
			one.sendFrame(0x88, new byte[0]).awaitEnd();
			one.endOutput();
			await().untilAsserted(() -> RawSocket.open(this.port, "/websocket").close());
			assertThat(other.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	private String handshake() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(RawSocket.handshake("/websocket")).readResponse();
		}
	}

}
