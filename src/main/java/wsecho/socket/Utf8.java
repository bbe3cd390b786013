package wsecho.socket;

import io.netty.buffer.ByteBuf;

/**
 * Checks UTF-8 (RFC 3629) as it streams: neither overlong forms nor surrogates, nothing
 * above U+10FFFF. It fails at the first byte that cannot belong to a valid sequence.
 */
final class Utf8 {

	private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

	private static final int BETWEEN_CODE_POINTS = 0;

	private static final int INVALID = -1;

	// one int, as every session has one: how many bytes the code point still needs, and
	// the least and the greatest value of the next of them
	private int state = BETWEEN_CODE_POINTS;

	/**
	 * Checks the next bytes of the stream.
	 * @return false if they are invalid; the stream is then to be given up
	 */
	boolean accept(ByteBuf buffer, int index, int length) {
		int state = this.state;
		int end = index + length;
		int next = index;
		while (next < end && state != INVALID) {
			int value = buffer.getUnsignedByte(next++);
			if (state != BETWEEN_CODE_POINTS) {
				state = afterContinuation(state, value);
			}
			else if (value < 0x80) {
				next = skipAscii(buffer, next, end);
			}
			else {
				state = afterLead(value);
			}
		}
		this.state = state;
		return state != INVALID;
	}

	/** Whether what was accepted so far ends with a whole code point. */
	boolean complete() {
		return this.state == BETWEEN_CODE_POINTS;
	}

	/** Begins a new stream. */
	void reset() {
		this.state = BETWEEN_CODE_POINTS;
	}

	private static int skipAscii(ByteBuf buffer, int index, int end) {
		int next = index;
		while (end - next >= Long.BYTES && (buffer.getLong(next) & NOT_ASCII) == 0) {
			next += Long.BYTES;
		}
		return next;
	}

	// the bounds of the second byte exclude overlong forms, surrogates and what is above
	// U+10FFFF (RFC 3629, 4)
	private static int afterLead(int lead) {
		if (lead >= 0xC2 && lead <= 0xDF) {
			return expect(1, 0x80, 0xBF);
		}
		if (lead >= 0xE0 && lead <= 0xEF) {
			return expect(2, (lead == 0xE0) ? 0xA0 : 0x80, (lead == 0xED) ? 0x9F : 0xBF);
		}
		if (lead >= 0xF0 && lead <= 0xF4) {
			return expect(3, (lead == 0xF0) ? 0x90 : 0x80, (lead == 0xF4) ? 0x8F : 0xBF);
		}
		return INVALID;
	}

	private static int afterContinuation(int state, int value) {
		if (value < ((state >> 8) & 0xFF) || value > (state & 0xFF)) {
			return INVALID;
		}
		int needed = (state >> 16) - 1;
		return (needed != 0) ? expect(needed, 0x80, 0xBF) : BETWEEN_CODE_POINTS;
	}

	private static int expect(int needed, int least, int greatest) {
		return needed << 16 | least << 8 | greatest;
	}

}
