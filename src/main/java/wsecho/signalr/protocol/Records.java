package wsecho.signalr.protocol;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The records in a stream of bytes, each of which ends with 0x1E. How the bytes come,
 * many records in one piece or one in many, does not matter.
 */
public final class Records {

	static final byte SEPARATOR = 0x1E;

	private static final byte[] NOTHING = {};

	private final int limit;

	/** What has come and has not been taken. */
	private byte[] bytes = NOTHING;

	private int start;

	/** Up to where there is no separator. */
	private int searched;

	/**
	 * None so far.
	 * @param limit how long one may be, in bytes, with its separator
	 */
	public Records(int limit) {
		this.limit = limit;
	}

	/** Takes over what has come. */
	public void feed(byte[] piece) {
		int rest = this.bytes.length - this.start;
		if (rest == 0) {
			this.bytes = piece;
			this.searched = 0;
		}
		else {
			byte[] joined = Arrays.copyOfRange(this.bytes, this.start, this.bytes.length + piece.length);
			System.arraycopy(piece, 0, joined, rest, piece.length);
			this.bytes = joined;
			this.searched -= this.start;
		}
		this.start = 0;
	}

	/**
	 * The next record.
	 * @return without its separator; null if none is whole
	 * @throws ProtocolException if it is too long
	 */
	public byte @Nullable [] next() throws ProtocolException {
		while (this.searched < this.bytes.length && this.bytes[this.searched] != SEPARATOR) {
			this.searched++;
		}
		boolean whole = this.searched < this.bytes.length;
		if (this.searched - this.start + (whole ? 1 : 0) > this.limit) {
			throw new ProtocolException("The maximum message size of " + this.limit
					+ "B was exceeded. The message size can be configured in AddHubOptions.");
		}
		return whole ? take() : null;
	}

	/** How many bytes wait. */
	public int held() {
		return this.bytes.length - this.start;
	}

	private byte[] take() {
		byte[] record = Arrays.copyOfRange(this.bytes, this.start, this.searched);
		this.searched++;
		this.start = this.searched;
		if (this.start == this.bytes.length) {
			this.bytes = NOTHING;
			this.start = 0;
			this.searched = 0;
		}
		return record;
	}

}
