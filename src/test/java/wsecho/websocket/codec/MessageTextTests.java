package wsecho.websocket.codec;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static wsecho.websocket.codec.DecoderChannel.client;
import static wsecho.websocket.codec.DecoderChannel.frame;
import static wsecho.websocket.codec.DecoderChannel.hex;
import static wsecho.websocket.codec.DecoderChannel.violationsOf;

/** Text is UTF-8 across the frames of its message (RFC 6455, 8.1). */
class MessageTextTests {

	private DecoderChannel decoder = new DecoderChannel();

	@ParameterizedTest
	@ValueSource(strings = { "80", "C0", "E080", "EDA0", "F08F", "F490", "F5", "E2824E" })
	void textIsRefusedAtTheFirstBadByteOfAFrameThatIsNotWhole(String bad) {
		byte[] payload = hex("616263" + bad);
		byte[] header = client(0x81, payload).claiming(2, 60_000).bytes();
		assertThat(this.decoder.readByteByByte(Arrays.copyOf(header, header.length - 1))).isEmpty();
		byte[] last = { header[header.length - 1] };
		assertThat(violationsOf(this.decoder.read(last))).containsExactly(1007);
	}

	@Test
	void aCodePointMaySpanFragmentsAndControlFrames() {
		assertThat(this.decoder.read(client(0x01, hex("E2")), client(0x89, hex("FF")), client(0x00, hex("82")),
				client(0x00, hex("")), client(0x80, hex("AC"))))
			.containsExactly(frame(0x1, false, "\u00E2"), frame(0x9, true, "\u00FF"), frame(0x0, false, "\u0082"),
					frame(0x0, false, ""), frame(0x0, true, "\u00AC"));
	}

	@Test
	void aMessageThatEndsInsideACodePointIs1007() {
		assertThat(violationsOf(this.decoder.read(client(0x81, hex("61E282"))))).containsExactly(1007);
	}

	@Test
	void anEmptyLastFragmentEndsTheTextToo() {
		List<Object> received = this.decoder.read(client(0x01, hex("E282")), client(0x80, hex("")));
		assertThat(received).hasSize(2);
		assertThat(violationsOf(received)).containsExactly(1007);
	}

	@Test
	void binaryMessagesNeedNotBeUtf8() {
		assertThat(this.decoder.read(client(0x02, hex("FF")), client(0x80, hex("C0"))))
			.containsExactly(frame(0x2, false, "\u00FF"), frame(0x0, true, "\u00C0"));
	}

	@Test
	void uncompressedTextIsCheckedWhereCompressionIsNegotiated() {
		this.decoder = new DecoderChannel(true, Long.MAX_VALUE);
		assertThat(violationsOf(this.decoder.read(client(0xC2, hex("FF")), client(0x81, hex("FF")))))
			.containsExactly(1007);
	}

}
