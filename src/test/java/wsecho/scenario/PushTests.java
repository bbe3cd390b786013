package wsecho.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** Pushed messages as they are on the wire. */
@RunningService
class PushTests {

	private static final int FRAME = 64 * 1024;

	@LocalServerPort
	private int port;

	@Test
	void longTextIsPushedInFragments() throws IOException {
		try (RawSocket client = RawSocket.open(this.port, "/websocket/push?size=150KB&count=2&every=1ms")) {
			for (int number = 1; number <= 2; number++) {
				String message = fragment(client, 0x01, FRAME) + fragment(client, 0x00, FRAME)
						+ fragment(client, 0x80, 150 * 1024 - 2 * FRAME);
				assertThat(message.strip()).startsWith("{\"number\":" + number + ",").endsWith("}");
			}
			assertThat(client.readFirst()).isEqualTo(0x88);
		}
	}

	@Test
	void longBytesArePushedInFragments() throws IOException {
		try (RawSocket client = RawSocket.open(this.port,
				"/websocket/push?size=64KB&type=binary&count=1&fragment=40KB")) {
			String message = fragment(client, 0x02, 40 * 1024) + fragment(client, 0x80, 24 * 1024);
			assertThat(message).startsWith("\0\0\0\0\0\0\0\1").endsWith("\0");
			assertThat(client.readFirst()).isEqualTo(0x88);
		}
	}

	private static String fragment(RawSocket client, int first, int length) throws IOException {
		assertThat(client.readFirst()).isEqualTo(first);
		byte[] payload = client.readPayload();
		assertThat(payload).hasSize(length);
		return new String(payload, StandardCharsets.ISO_8859_1);
	}

}
