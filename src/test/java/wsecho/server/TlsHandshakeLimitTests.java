package wsecho.server;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.SelfSigned;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a connection may be without a whole request, where TLS comes first. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.handshake=1s")
class TlsHandshakeLimitTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path directory;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		SelfSigned.configure(properties, directory.resolve("wsecho.p12"));
	}

	// the beginning of a ClientHello
	@ParameterizedTest
	@ValueSource(strings = { "", "\26\3\1\2\0\1\0\1\374\3\3" })
	void whoNeverFinishesTlsIsDisconnected(String begin) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(begin);
			assertThat(HandshakeLimitTests.secondsUntilEnd(client)).isBetween(0.5, 5.0);
		}
	}

	@Test
	void openSessionStays() throws Exception {
		try (RawSocket client = RawSocket.openTls(this.port, "/websocket");
				RawSocket other = new RawSocket(this.port)) {
			assertThat(HandshakeLimitTests.secondsUntilEnd(other)).isBetween(0.5, 5.0);
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

}
