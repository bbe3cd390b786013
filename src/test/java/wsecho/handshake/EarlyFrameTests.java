package wsecho.handshake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

@RunningService
class EarlyFrameTests {

	@LocalServerPort
	private int port;

	// RFC 6455, 4.1 has the client wait; where the answer is not held nothing is lost
	@Test
	void frameInOnePacketWithTheHandshakeIsEchoed() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			ByteArrayOutputStream packet = new ByteArrayOutputStream();
			packet.writeBytes(RawSocket.handshake("/websocket").getBytes(StandardCharsets.US_ASCII));
			packet.writeBytes(RawSocket.frame(0x81, "early".getBytes(StandardCharsets.US_ASCII)));
			client.send(packet.toByteArray());
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readFrame()).isEqualTo("81:6561726c79");
		}
	}

}
