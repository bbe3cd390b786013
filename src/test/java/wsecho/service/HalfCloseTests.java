package wsecho.service;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that end their direction (FIN, or END_STREAM over HTTP/2) at once after what
 * they send: what came before it is answered.
 */
@RunningService
class HalfCloseTests {

	// twenty sessions at once, ten times
	private static final int ROUNDS = 10;

	private static final int SESSIONS = 20;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void closeIsAnsweredAfterTheReply(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?delay=500ms")) {
			client.sendFrame(0x81, new byte[] { 'a' }).sendFrame(0x88, new byte[] { 3, (byte) 0xe8 }).endOutput();
			assertThat(client.readFrame()).isEqualTo("81:61");
			assertThat(client.readFrame()).isEqualTo("88:03e8");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("client", "close", 1000));
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, /websocket", "HTTP_2, /websocket", "HTTP_1_1, /websocket?delay=200ms",
			"HTTP_2, /websocket?delay=200ms" })
	void everyMessageIsAnsweredAfterFin(Transport transport, String path) throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			List<RawSocket> clients = new ArrayList<>();
			for (int i = 0; i < SESSIONS; i++) {
				RawSocket client = transport.open(this.port, path);
				clients.add(client);
				client.send(messages()).endOutput();
			}
			for (RawSocket client : clients) {
				assertMessagesAndEof(client);
			}
		}
	}

	private static byte[] messages() {
		ByteBuffer frames = ByteBuffer.allocate(1000);
		for (int i = 0; i < 10; i++) {
			frames.put(RawSocket.frame(0x82, new byte[] { (byte) i }));
		}
		return Arrays.copyOf(frames.array(), frames.position());
	}

	private void assertMessagesAndEof(RawSocket client) throws Exception {
		try (client) {
			for (int i = 0; i < 10; i++) {
				assertThat(client.readFrame()).isEqualTo("82:%02x".formatted(i));
			}
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("client", "fin", 1006));
	}

}
