package wsecho.service;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

import org.junit.jupiter.api.Test;
import wsecho.fixture.BufferDetector;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a stream of HTTP/2 gets that is no content, or comes before its turn. */
@RunningService
class StreamContentTests {

	private static final byte[] MESSAGE = RawSocket.frame(0x82, new byte[] { 7 });

	/** DATA of stream 1 with the message's echo. */
	private static final String ECHO = "000003" + "00" + "00" + "00000001" + "820107";

	@LocalServerPort
	private int port;

	// RFC 9113, 5.5; no window limits them
	@Test
	void framesOfUnknownTypesAreNotKept() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			Http2Stream stream = connection.open(Http2Stream.handshake("/websocket"));
			Set<Object> before = BufferDetector.open();
			for (int i = 0; i < 100; i++) {
				stream.sendUnknown(new byte[10_000]);
			}
			assertThat(RawSocket.of(stream).send(MESSAGE).readFrame()).isEqualTo("82:07");
			await().until(() -> before.containsAll(BufferDetector.open()));
		}
	}

	@Test
	void messageThatComesWithTheHandshakeIsAnsweredAfterIt() throws Exception {
		byte[] together = Http2Bytes.begin(65_535).handshake(1, "/websocket").data(1, MESSAGE).bytes();
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(together);
			// :status 200 of the static table
			assertThat(readUntil(client, ECHO)).contains("0104" + "00000001" + "88");
		}
	}

	@Test
	void pingAndCloseThatComeWithTheHandshakeAreAnsweredAfterIt() throws Exception {
		byte[] together = Http2Bytes.begin(65_535)
			.handshake(1, "/websocket")
			.data(1, RawSocket.frame(0x89, new byte[] { 7 }))
			.data(1, RawSocket.frame(0x88, new byte[0]))
			.bytes();
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(together);
			// END_STREAM
			assertThat(readUntil(client, "000000" + "00" + "01" + "00000001"))
				.containsSubsequence("0104" + "00000001" + "88", "8a0107", "8800");
		}
	}

	@Test
	void messageThatComesWhileTheAnswerIsHeldFailsTheHandshake() throws Exception {
		byte[] handshake = Http2Bytes.begin(65_535).handshake(1, "/websocket?handshake-delay=1m").bytes();
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(handshake).send(Http2Bytes.more().data(1, MESSAGE).bytes());
			// :status 400
			assertThat(readUntil(client, hex("must wait for the answer"))).contains("0104" + "00000001" + "8c");
		}
	}

	private static String readUntil(RawSocket client, String end) throws IOException {
		StringBuilder read = new StringBuilder();
		while (read.indexOf(end) == -1) {
			int next = client.readFirst();
			if (next == -1) {
				throw new EOFException(read.toString());
			}
			read.append("%02x".formatted(next));
		}
		return read.toString();
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
	}

}
