package wsecho.websocket.codec;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static wsecho.websocket.codec.DecoderChannel.client;
import static wsecho.websocket.codec.DecoderChannel.frame;
import static wsecho.websocket.codec.DecoderChannel.hex;
import static wsecho.websocket.codec.DecoderChannel.text;
import static wsecho.websocket.codec.DecoderChannel.violationsOf;

/** What a frame, a Close or a message must not be (RFC 6455, 5 and 7.4). */
class FrameViolationTests {

	private DecoderChannel decoder = new DecoderChannel();

	@ParameterizedTest
	@CsvSource({ "C1 80, RSV1", "A1 80, RSV2", "91 80, RSV3", "C9 80, RSV1 on a ping", "83, opcode 3", "84, opcode 4",
			"85, opcode 5", "86, opcode 6", "87, opcode 7", "8B, opcode 11", "8C, opcode 12", "8D, opcode 13",
			"8E, opcode 14", "8F, opcode 15", "80, continuation of nothing", "00, continuation of nothing",
			"0180000000 0001, message in a message", "0180000000 0082, message in a message",
			"0180000000 008080000000 0080, continuation after the end", "08, fragmented close", "09, fragmented ping",
			"0A, fragmented pong", "8105, no mask", "8200, no mask", "89FE, long ping", "88FE, long close",
			"8AFF, long pong", "82FE 007D, 125 in two bytes", "82FE 0000, 0 in two bytes",
			"82FF 000000000000FFFF, 65535 in eight bytes", "82FF 000000000000007D, 125 in eight bytes",
			"82FF 8000000000000000, top bit", "82FF FFFFFFFFFFFFFFFF, all bits", "8881 00000000 03, half a code" })
	void aProtocolViolationIsSeenWithItsByte(String bytes, String what) {
		assertViolation(hex(bytes), 1002);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1002", "999, 1002", "1000, 0", "1001, 0", "1002, 0", "1003, 0", "1004, 1002", "1005, 1002",
			"1006, 1002", "1007, 0", "1008, 0", "1009, 0", "1010, 0", "1011, 0", "1012, 0", "1013, 0", "1014, 0",
			"1015, 1002", "1016, 1002", "1100, 1002", "2000, 1002", "2999, 1002", "3000, 0", "3999, 0", "4000, 0",
			"4999, 0", "5000, 1002", "65535, 1002" })
	void aCloseCodeIsReadIfItMayBeSent(int code, int violation) {
		byte[] payload = { (byte) (code >> 8), (byte) code, 'b', 'y', 'e' };
		byte[] bytes = client(0x88, payload).bytes();
		if (violation != 0) {
			assertViolation(bytes, violation);
		}
		else {
			assertThat(this.decoder.read(bytes)).containsExactly(frame(0x8, true, ReceivedFrame.latin1(payload)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "C0AF", "EDA080", "F4908080", "FF", "61E282" })
	void aCloseReasonThatIsNotUtf8Is1007(String reason) {
		assertViolation(client(0x88, hex("03E8" + reason)).bytes(), 1007);
	}

	@Test
	void aCloseReasonInsideATextMessageIsATextOfItsOwn() {
		assertThat(this.decoder.read(client(0x01, hex("E282")), client(0x88, hex("03E8 C3A9"))))
			.containsExactly(frame(0x1, false, "\u00E2\u0082"), frame(0x8, true, "\u0003\u00E8\u00C3\u00A9"));
	}

	@Test
	void rsv1MarksTheFirstFrameOfACompressedMessageWhichIsNotCheckedAsText() {
		this.decoder = new DecoderChannel(true, Long.MAX_VALUE);
		assertThat(this.decoder.read(client(0x41, hex("FF")), client(0x80, hex("C0")), client(0x81, hex("61"))))
			.containsExactly(new ReceivedFrame(0x1, false, 4, "\u00FF"), frame(0x0, true, "\u00C0"),
					frame(0x1, true, "a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "A1", "91", "E1", "D2", "C9", "C8", "C0", "0180000000 00C0", "4180000000 0040" })
	void compressionAllowsNoOtherRsvBitAndNoOtherFrame(String bytes) {
		this.decoder = new DecoderChannel(true, Long.MAX_VALUE);
		assertThat(violationsOf(this.decoder.read(hex(bytes)))).containsExactly(1002);
	}

	@Test
	void whatCameBeforeAViolationIsHandedOnBeforeItAndWhatComesAfterIsNot() {
		List<Object> received = this.decoder.read(client(0x81, text("a")), client(0x89, text("b")),
				client(0x83, text("c")), client(0x81, text("d")));
		assertThat(received.subList(0, 2)).containsExactly(frame(0x1, true, "a"), frame(0x9, true, "b"));
		assertThat(violationsOf(received)).containsExactly(1002);
		assertThat(received).hasSize(3);
		assertThat(this.decoder.read(client(0x81, text("e")))).isEmpty();
	}

	@Test
	void headerThatAnnouncesTooMuchIsEnough() {
		this.decoder = new DecoderChannel(false, 10);
		byte[] header = Arrays.copyOf(client(0x82, new byte[60_000]).bytes(), 8);
		assertThat(this.decoder.read(header)).containsExactly(ProtocolViolation.tooBig(10));
	}

	@Test
	void fragmentsCountTogether() {
		this.decoder = new DecoderChannel(false, 10);
		assertThat(this.decoder.read(client(0x01, text("123456")), client(0x80, text("78901"))))
			.containsExactly(frame(0x1, false, "123456"), ProtocolViolation.tooBig(10));
	}

	@Test
	void eachMessageCountsAnew() {
		this.decoder = new DecoderChannel(false, 10);
		assertThat(this.decoder.read(client(0x81, text("1234567890")), client(0x89, text("a ping of more")),
				client(0x81, text("1234567890"))))
			.hasSize(3)
			.doesNotHaveAnyElementsOfTypes(ProtocolViolation.class);
	}

	private void assertViolation(byte[] bytes, int code) {
		assertThat(violationsOf(this.decoder.read(bytes))).containsExactly(code);
		this.decoder = new DecoderChannel();
		assertThat(violationsOf(this.decoder.readByteByByte(bytes))).containsExactly(code);
	}

}
