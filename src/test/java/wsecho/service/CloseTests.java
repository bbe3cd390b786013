package wsecho.service;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How sessions end: the Close that each cause gets, and what comes before and after it.
 */
@RunningService
class CloseTests {

	@LocalServerPort
	private int port;

	static Stream<Arguments> causes() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> table().map((row) -> Arguments.of(transport, row[0], row[1], row[2])));
	}

	// what it is; the frames that are sent, each masked, as first byte and payload; the
	// code of the Close that comes back
	private static Stream<String[]> table() {
		return Stream.of(row("code", "88:03e8", "03e8"), row("code and reason", "88:0fa1627965", "0fa1627965"),
				row("highest code", "88:1387", "1387"), row("no code", "88:", ""),
				row("after a message that is not whole", "01:6162 88:03e9", "03e9"), row("RSV1", "c1:61", "03ea"),
				row("RSV2", "a1:61", "03ea"), row("RSV3", "91:61", "03ea"), row("RSV of a ping", "c9:", "03ea"),
				row("opcode 3", "83:", "03ea"), row("opcode 7", "87:", "03ea"), row("opcode 11", "8b:", "03ea"),
				row("opcode 15", "8f:", "03ea"), row("fragmented ping", "09:", "03ea"),
				row("fragmented Close", "08:03e8", "03ea"), row("long ping", "89:" + "00".repeat(126), "03ea"),
				row("continuation of nothing", "80:61", "03ea"), row("message inside a message", "01:61 81:62", "03ea"),
				row("Close with half a code", "88:03", "03ea"), row("code 0", "88:0000", "03ea"),
				row("code 999", "88:03e7", "03ea"), row("code 1004", "88:03ec", "03ea"),
				row("code 1005", "88:03ed", "03ea"), row("code 1006", "88:03ee", "03ea"),
				row("code 1015", "88:03f7", "03ea"), row("code 1016", "88:03f8", "03ea"),
				row("code 2999", "88:0bb7", "03ea"), row("code 5000", "88:1388", "03ea"),
				row("code 65535", "88:ffff", "03ea"), row("reason that is not UTF-8", "88:03e8ff", "03ef"),
				row("text that is not UTF-8", "81:61ff", "03ef"), row("surrogate", "81:eda080", "03ef"),
				row("overlong", "81:c0af", "03ef"), row("cut code point", "81:e282", "03ef"),
				row("bad UTF-8 across fragments", "01:e2 80:28a1", "03ef"));
	}

	private static String[] row(String cause, String frames, String close) {
		return new String[] { cause, frames, close };
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("causes")
	void closeTellsTheCause(Transport transport, String cause, String frames, String close) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			// a message before it, which is answered first
			client.sendFrame(0x82, new byte[] { 1 });
			for (String frame : frames.split(" ", -1)) {
				client.sendFrame(HexFormat.fromHexDigits(frame, 0, 2), HexFormat.of().parseHex(frame.substring(3)));
			}
			// and one after it, which is not
			client.sendFrame(0x82, new byte[] { 2 });
			assertThat(client.readFrame()).isEqualTo("82:01");
			assertThat(closeAfterEchoes(client)).isEqualTo(close);
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	// the payload of the Close; of a violation's the code alone, as its reason is prose
	private static String closeAfterEchoes(RawSocket client) throws Exception {
		String frame = client.readFrame();
		while (frame.startsWith("01:") || frame.startsWith("00:")) {
			frame = client.readFrame();
		}
		assertThat(frame).startsWith("88:");
		String payload = frame.substring(3);
		boolean violation = payload.startsWith("03ea") || payload.startsWith("03ef");
		return violation ? payload.substring(0, 4) : payload;
	}

	@ParameterizedTest
	@EnumSource
	void unmaskedFrameIsAViolation(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.send(new byte[] { (byte) 0x81, 1, 'a' });
			assertThat(client.readFrame()).startsWith("88:03ea");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@ParameterizedTest
	@EnumSource
	void lengthWithTheTopBitIsAViolation(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.send(HexFormat.of().parseHex("82ff8000000000000000"));
			assertThat(client.readFrame()).startsWith("88:03ea");
		}
	}

	@ParameterizedTest
	@EnumSource
	void hugeLengthIsNoViolation(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.send(HexFormat.of().parseHex("82ff400000000000000000000000" + "2a"));
			assertThat(client.readFrame()).isEqualTo("02:2a");
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyMessageBeforeTheCloseIsEchoed(Transport transport) throws Exception {
		int count = 5000;
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.send(frames(count));
			for (int i = 0; i < count; i++) {
				assertThat(client.readFrame()).isEqualTo("82:%04x".formatted(i));
			}
			assertThat(client.readFrame()).isEqualTo("88:03e8");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	private static byte[] frames(int count) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < count; i++) {
			frames.writeBytes(RawSocket.frame(0x82, new byte[] { (byte) (i >> 8), (byte) i }));
		}
		frames.writeBytes(RawSocket.frame(0x88, new byte[] { 3, (byte) 0xe8 }));
		return frames.toByteArray();
	}

	@ParameterizedTest
	@EnumSource
	void endWithoutCloseEndsTheSession(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.sendFrame(0x81, new byte[] { 'a' });
			assertThat(client.readFrame()).isEqualTo("81:61");
			client.endOutput();
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@Test
	void closeIsAnsweredOnce() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			byte[] close = RawSocket.frame(0x88, new byte[] { 3, (byte) 0xe8 });
			client.send(close).send(close);
			assertThat(client.readFrame()).isEqualTo("88:03e8");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

}
