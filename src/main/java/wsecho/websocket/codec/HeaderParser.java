package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Parses and checks the header of a frame (RFC 6455, 5.2). What is wrong is found with
 * the first byte that shows it, whether or not the rest has come.
 */
final class HeaderParser {

	static final int FIN = 0x80;

	static final int RSV = 0x70;

	static final int RSV1 = 0x40;

	static final int OPCODE = 0x0F;

	static final int MAX_HEADER = 14;

	private static final int CONTROL = 0x08;

	private static final int MASK = 0x80;

	private static final int LENGTH = 0x7F;

	private static final int MAX_CONTROL_LENGTH = 125;

	private static final int TWO_MORE_BYTES = 126;

	private static final int EIGHT_MORE_BYTES = 127;

	private final ByteBufAllocator allocator;

	private final boolean masked;

	private final boolean compressed;

	private int first;

	private long length;

	private int mask;

	private @Nullable ProtocolViolation flaw;

	/** What has come of a header that is not whole yet. */
	private @Nullable ByteBuf partial;

	/**
	 * A parser for one session.
	 * @param allocator allocates what has to be gathered
	 * @param masked whether frames have to be masked, or must not be
	 * @param compressed whether permessage-deflate was negotiated, so that RSV1 may mark
	 * a message as compressed (RFC 7692, 6)
	 */
	HeaderParser(ByteBufAllocator allocator, boolean masked, boolean compressed) {
		this.allocator = allocator;
		this.masked = masked;
		this.compressed = compressed;
	}

	/** The first byte: FIN, RSV and opcode. */
	int first() {
		return this.first;
	}

	/** The length of the payload in bytes. */
	long length() {
		return this.length;
	}

	int mask() {
		return this.mask;
	}

	/** What is wrong with the header, or null. */
	@Nullable ProtocolViolation flaw() {
		return this.flaw;
	}

	/** How much memory the beginning of a header takes, in bytes. */
	int held() {
		return (this.partial != null) ? this.partial.capacity() : 0;
	}

	/** Releases the beginning of a header. */
	void release() {
		if (this.partial != null) {
			this.partial.release();
			this.partial = null;
		}
	}

	/**
	 * Reads a header, or more of one.
	 * @param in begins with it, or with the rest of it
	 * @param inMessage whether a fragmented message is under way
	 * @return whether it is there as a whole, and valid
	 */
	boolean read(ByteBuf in, boolean inMessage) {
		if (this.partial != null) {
			return readRest(in, this.partial, inMessage);
		}
		boolean whole = parse(in, inMessage);
		if (!whole && this.flaw == null) {
			this.partial = this.allocator.buffer(MAX_HEADER, MAX_HEADER).writeBytes(in);
		}
		return whole;
	}

	private boolean readRest(ByteBuf in, ByteBuf begun, boolean inMessage) {
		boolean whole = false;
		while (!whole && this.flaw == null && in.isReadable()) {
			begun.writeByte(in.readByte());
			whole = parse(begun, inMessage);
		}
		if (whole) {
			release();
		}
		return whole;
	}

	// the header is consumed only if it is there as a whole
	private boolean parse(ByteBuf in, boolean inMessage) {
		int index = in.readerIndex();
		int available = in.readableBytes();
		this.first = in.getUnsignedByte(index);
		if (isFlawed(flawOfFirst(inMessage)) || available < 2) {
			return false;
		}
		int second = in.getUnsignedByte(index + 1);
		int more = lengthBytes(second & LENGTH);
		if (isFlawed(flawOfSecond(second)) || available < 2 + more) {
			return false;
		}
		this.length = length(in, index + 1, more);
		int size = 2 + more + (this.masked ? Integer.BYTES : 0);
		if (isFlawed(flawOfLength(more)) || available < size) {
			return false;
		}
		this.mask = this.masked ? in.getInt(index + 2 + more) : 0;
		in.skipBytes(size);
		return true;
	}

	private boolean isFlawed(@Nullable String flaw) {
		this.flaw = (flaw != null) ? ProtocolViolation.protocolError(flaw) : null;
		return flaw != null;
	}

	private @Nullable String flawOfFirst(boolean inMessage) {
		int opcode = this.first & OPCODE;
		if ((this.first & RSV) != 0 && !marksCompressed()) {
			return "RSV bit that no extension defines";
		}
		return switch (opcode) {
			case Opcode.CONTINUATION -> inMessage ? null : "Continuation frame outside a message";
			case Opcode.TEXT, Opcode.BINARY -> inMessage ? "New message inside a fragmented one" : null;
			case Opcode.CLOSE, Opcode.PING, Opcode.PONG ->
				((this.first & FIN) != 0) ? null : "Fragmented control frame";
			default -> "Unknown opcode " + opcode;
		};
	}

	private boolean marksCompressed() {
		return this.compressed && (this.first & RSV) == RSV1 && Opcode.opensMessage(this.first & OPCODE);
	}

	private @Nullable String flawOfSecond(int second) {
		if (this.masked != ((second & MASK) != 0)) {
			return this.masked ? "Frame without a mask" : "Frame with a mask";
		}
		if ((this.first & CONTROL) != 0 && (second & LENGTH) > MAX_CONTROL_LENGTH) {
			return "Control frame longer than 125 bytes";
		}
		return null;
	}

	private static int lengthBytes(int length) {
		return switch (length) {
			case TWO_MORE_BYTES -> Short.BYTES;
			case EIGHT_MORE_BYTES -> Long.BYTES;
			default -> 0;
		};
	}

	private static long length(ByteBuf in, int index, int more) {
		return switch (more) {
			case Short.BYTES -> in.getUnsignedShort(index + 1);
			case Long.BYTES -> in.getLong(index + 1);
			default -> in.getByte(index) & LENGTH;
		};
	}

	private @Nullable String flawOfLength(int more) {
		if (this.length < 0) {
			return "Length with its top bit set";
		}
		if ((more == Short.BYTES && this.length < TWO_MORE_BYTES) || (more == Long.BYTES && this.length <= 0xFFFF)) {
			return "Length in more bytes than it needs";
		}
		return null;
	}

}
