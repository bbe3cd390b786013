package wsecho.socket;

import io.netty.buffer.ByteBuf;

/** The masking of payloads (RFC 6455, 5.3), which is its own inverse. */
final class Masking {

	private static final int NOT_ASCII = 0x80;

	private static final long NOT_ASCII_IN_EIGHT = 0x8080_8080_8080_8080L;

	private Masking() {
	}

	/**
	 * Masks or unmasks bytes where they are.
	 * @param mask the masking key, turned so that its first byte is for the first byte
	 * @return whether the bytes that came out are all ASCII
	 */
	static boolean apply(int mask, ByteBuf buffer, int index, int length) {
		int words = length & -Long.BYTES;
		boolean ascii = applyToWords(mask, buffer, index, words);
		return applyToBytes(mask, buffer, index + words, length - words) && ascii;
	}

	private static boolean applyToWords(int mask, ByteBuf buffer, int index, int length) {
		long twice = Integer.toUnsignedLong(mask) << Integer.SIZE | Integer.toUnsignedLong(mask);
		long seen = 0;
		int end = index + length;
		for (int next = index; next < end; next += Long.BYTES) {
			long word = buffer.getLong(next) ^ twice;
			buffer.setLong(next, word);
			seen |= word;
		}
		return (seen & NOT_ASCII_IN_EIGHT) == 0;
	}

	private static boolean applyToBytes(int mask, ByteBuf buffer, int index, int length) {
		int seen = 0;
		for (int offset = 0; offset < length; offset++) {
			int value = buffer.getByte(index + offset) ^ (mask >> (24 - offset % 4 * Byte.SIZE));
			buffer.setByte(index + offset, value);
			seen |= value;
		}
		return (seen & NOT_ASCII) == 0;
	}

}
