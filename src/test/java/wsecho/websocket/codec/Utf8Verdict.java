package wsecho.websocket.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** What the JDK's decoder says of the beginning of a text. */
enum Utf8Verdict {

	COMPLETE, INCOMPLETE, INVALID;

	private static final byte[][] ENDS = { { -128 }, { -65 }, { -128, -128 }, { -65, -65 }, { -128, -128, -128 },
			{ -65, -65, -65 } };

	static Utf8Verdict of(byte[] bytes, int length) {
		ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
		CharBuffer out = CharBuffer.allocate(length);
		CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, false);
		if (result.isError()) {
			return INVALID;
		}
		return in.hasRemaining() ? ofCodePoint(in) : COMPLETE;
	}

	// the JDK sees a surrogate only when all of its bytes are there
	private static Utf8Verdict ofCodePoint(ByteBuffer beginning) {
		for (byte[] end : ENDS) {
			ByteBuffer whole = ByteBuffer.allocate(beginning.remaining() + end.length)
				.put(beginning.duplicate())
				.put(end)
				.flip();
			if (StandardCharsets.UTF_8.newDecoder().decode(whole, CharBuffer.allocate(2), true).isUnderflow()) {
				return INCOMPLETE;
			}
		}
		return INVALID;
	}

}
