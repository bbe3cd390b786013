package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;

/**
 * Checks UTF-8 (RFC 3629, 4) as it streams: neither overlong forms nor surrogates,
 * nothing above U+10FFFF. It fails at the first byte that cannot belong to a valid
 * sequence.
 */
public final class Utf8 {

	private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

	// a state is a multiple of six: how far the row of the next byte is to be shifted
	// for the state after it
	private static final int WIDTH = 6;

	private static final int STATE = (1 << WIDTH) - 1;

	private static final int BETWEEN_CODE_POINTS = 0;

	private static final int INVALID = WIDTH;

	private static final int ONE_MORE = 2 * WIDTH;

	private static final int TWO_MORE = 3 * WIDTH;

	private static final int THREE_MORE = 4 * WIDTH;

	private static final int AFTER_E0 = 5 * WIDTH;

	private static final int AFTER_ED = 6 * WIDTH;

	private static final int AFTER_F0 = 7 * WIDTH;

	private static final int AFTER_F4 = 8 * WIDTH;

	private static final long[] ROWS = rows();

	private int state = BETWEEN_CODE_POINTS;

	/**
	 * Checks the next bytes of the stream.
	 * @return false if they are invalid; the stream is then to be given up
	 */
	public boolean accept(ByteBuf buffer, int index, int length) {
		int state = this.state;
		int end = index + length;
		int next = index;
		for (; end - next >= Long.BYTES && state != INVALID; next += Long.BYTES) {
			long eight = buffer.getLong(next);
			if (state != BETWEEN_CODE_POINTS || (eight & NOT_ASCII) != 0) {
				state = afterEight(state, eight);
			}
		}
		for (; next < end; next++) {
			state = after(state, buffer.getUnsignedByte(next));
		}
		this.state = state;
		return state != INVALID;
	}

	/** Whether what was accepted so far ends with a whole code point. */
	public boolean complete() {
		return this.state == BETWEEN_CODE_POINTS;
	}

	/** Begins a new stream. */
	void reset() {
		this.state = BETWEEN_CODE_POINTS;
	}

	private static int afterEight(int state, long eight) {
		int next = state;
		for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
			next = after(next, (int) (eight >>> shift) & 0xFF);
		}
		return next;
	}

	private static int after(int state, int value) {
		return (int) (ROWS[value] >>> state) & STATE;
	}

	private static long[] rows() {
		long[] rows = new long[256];
		for (int value = 0; value < rows.length; value++) {
			for (int state = BETWEEN_CODE_POINTS; state <= AFTER_F4; state += WIDTH) {
				rows[value] |= (long) rule(state, value) << state;
			}
		}
		return rows;
	}

	private static int rule(int state, int value) {
		return switch (state) {
			case BETWEEN_CODE_POINTS -> (value < 0x80) ? BETWEEN_CODE_POINTS : afterLead(value);
			case ONE_MORE -> within(value, 0x80, 0xBF, BETWEEN_CODE_POINTS);
			case TWO_MORE -> within(value, 0x80, 0xBF, ONE_MORE);
			case THREE_MORE -> within(value, 0x80, 0xBF, TWO_MORE);
			case AFTER_E0 -> within(value, 0xA0, 0xBF, ONE_MORE);
			case AFTER_ED -> within(value, 0x80, 0x9F, ONE_MORE);
			case AFTER_F0 -> within(value, 0x90, 0xBF, TWO_MORE);
			case AFTER_F4 -> within(value, 0x80, 0x8F, TWO_MORE);
			default -> INVALID;
		};
	}

	private static int afterLead(int lead) {
		return switch (lead) {
			case 0xE0 -> AFTER_E0;
			case 0xED -> AFTER_ED;
			case 0xF0 -> AFTER_F0;
			case 0xF4 -> AFTER_F4;
			default -> (lead < 0xE0) ? within(lead, 0xC2, 0xDF, ONE_MORE)
					: (lead < 0xF0) ? TWO_MORE : within(lead, 0xF1, 0xF3, THREE_MORE);
		};
	}

	private static int within(int value, int least, int greatest, int state) {
		return (value >= least && value <= greatest) ? state : INVALID;
	}

}
