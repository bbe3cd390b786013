package wsecho.server;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.SelfSigned;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that speaks HTTP without TLS to a port with TLS. */
@RunningService
class PlainTextOnTlsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path directory;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		SelfSigned.configure(properties, directory.resolve("wsecho.p12"));
	}

	@Test
	void isToldToSpeakTls() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket")).readResponse()).startsWith("HTTP/1.1 400 ")
				.contains("application/problem+json")
				.contains("wss");
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void refusalOverTlsIsAProblem() throws Exception {
		try (RawSocket client = RawSocket.connectTls(this.port, "http/1.1")) {
			assertThat(client.send("HELLO\r\n\r\n").readResponse()).startsWith("HTTP/1.1 400 ")
				.contains("application/problem+json");
		}
	}

}
