package wsecho.benchmark;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import wsecho.fixture.RawSocket;

/**
 * The messages that a client sends: one, made once, as often as fits into one write.
 *
 * @param bytes the frames
 * @param length of one, in bytes
 * @param count how many they are
 * @param payloadLength of one, in bytes
 * @param start of the payload, as far as eight bytes go
 */
record Frames(ByteBuffer bytes, int length, int count, int payloadLength, long start) {

	private static final int MOST_BYTES = 1 << 16;

	private static final int TEXT = 0x81;

	private static final int BINARY = 0x82;

	/** What a message consists of. */
	enum Content {

		BINARY, ASCII, GREEK

	}

	/**
	 * Makes them.
	 * @param content of the payload
	 * @param size of the payload in bytes, 8 at least
	 * @param depth how many of them are ever sent at once
	 */
	static Frames of(Content content, int size, int depth) {
		byte[] payload = payload(content, size);
		byte[] frame = RawSocket.frame((content == Content.BINARY) ? BINARY : TEXT, payload);
		int count = Math.max(1, Math.min(depth, MOST_BYTES / frame.length));
		ByteBuffer bytes = ByteBuffer.allocateDirect(count * frame.length);
		for (int i = 0; i < count; i++) {
			bytes.put(frame);
		}
		return new Frames(bytes.flip(), frame.length, count, payload.length, ByteBuffer.wrap(payload).getLong());
	}

	private static byte[] payload(Content content, int size) {
		String pattern = (content == Content.GREEK) ? "αβγδεζηθικλμνξοπρστυφχψω" : "abcdefghijklmnopqrstuvwxyz";
		byte[] letters = pattern.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		while (payload.size() < size) {
			payload.write(letters, 0, Math.min(letters.length, size - payload.size()));
		}
		return payload.toByteArray();
	}

}
