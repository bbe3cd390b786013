package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bytes of one peer into frames, one at a time and only when it is asked to,
 * and holds them to RFC 6455, sections 5, 7.4 and 8.1. A Close frame is the last one, and
 * so is what comes before a {@link ProtocolViolation}: what follows is released unread.
 * <p>
 * A frame that lies within one read is a slice of it, unmasked in place. One of up to 64
 * KiB that does not is gathered. A longer one is decoded in pieces of at most 64 KiB as
 * its bytes come: the first has the opcode and the RSV bits, only the last the FIN bit.
 * <p>
 * The text of compressed messages is not checked here, nor is their length: they are not
 * inflated yet.
 */
public final class FrameDecoder {

	private static final int MAX_WHOLE = 64 * 1024;

	private final ByteBufAllocator allocator;

	private final HeaderParser header;

	private final IncomingMessage message;

	private final ReadQueue reads = new ReadQueue();

	/** The header's first byte; once a piece was decoded, that of a continuation. */
	private int first;

	private int mask;

	/** What is still to come of the frame's payload. */
	private long remaining;

	private boolean inPieces;

	/** What has come of a payload that is not whole yet. */
	private @Nullable ByteBuf partial;

	private boolean ended;

	private @Nullable ProtocolViolation violation;

	/**
	 * A decoder for one session.
	 * @param allocator allocates what has to be gathered
	 * @param masked whether frames have to be masked, as a client's are (RFC 6455, 5.1)
	 * @param compression whether permessage-deflate was negotiated (RFC 7692)
	 * @param messageLimit how long a message may be that is not compressed, in bytes
	 */
	public FrameDecoder(ByteBufAllocator allocator, boolean masked, boolean compression, long messageLimit) {
		this.allocator = allocator;
		this.header = new HeaderParser(allocator, masked, compression);
		this.message = new IncomingMessage(messageLimit);
	}

	/**
	 * Adds bytes to be decoded.
	 * @param read the bytes, owned from here on
	 */
	public void feed(ByteBuf read) {
		if (this.ended || !read.isReadable()) {
			read.release();
		}
		else {
			this.reads.add(read);
		}
	}

	/** Whether there are bytes that have not been decoded yet. */
	public boolean hasInput() {
		return this.reads.first() != null;
	}

	/** How much memory is held by what has not been decoded yet, in bytes. */
	public int held() {
		return this.reads.capacity() + this.header.held() + ((this.partial != null) ? this.partial.capacity() : 0);
	}

	/**
	 * Decodes the next frame.
	 * @return the frame, owned by the caller; or null if none has come or will come
	 */
	public @Nullable WebSocketFrame next() {
		WebSocketFrame frame = null;
		for (ByteBuf in = this.reads.first(); in != null && frame == null; in = this.reads.first()) {
			frame = decode(in);
			this.reads.advance();
		}
		return frame;
	}

	/** What the peer did against RFC 6455 after the frames so far, or null. */
	public @Nullable ProtocolViolation violation() {
		return this.violation;
	}

	/** The frames of messages that have come so far. */
	public FrameCount frames() {
		return this.message.frames();
	}

	/** Decodes no more, and releases what has come. */
	public void end() {
		this.ended = true;
		this.reads.release();
		this.header.release();
		if (this.partial != null) {
			this.partial.release();
			this.partial = null;
		}
	}

	private @Nullable WebSocketFrame decode(ByteBuf in) {
		if (this.remaining == 0) {
			if (!readHeader(in)) {
				return null;
			}
			if (this.remaining == 0) {
				return frame(Unpooled.EMPTY_BUFFER);
			}
		}
		return readPayload(in);
	}

	private boolean readHeader(ByteBuf in) {
		if (this.header.read(in, this.message.isUnderWay())) {
			return begin();
		}
		failed(this.header.flaw());
		return false;
	}

	/**
	 * Begins a frame.
	 * @return whether its message is not too long with it
	 */
	private boolean begin() {
		this.first = this.header.first();
		this.mask = this.header.mask();
		this.remaining = this.header.length();
		this.inPieces = this.remaining > MAX_WHOLE;
		if (isControl()) {
			return true;
		}
		boolean compressed = (this.first & HeaderParser.RSV1) != 0;
		return !failed(this.message.frameBegins(opcode(), compressed, this.remaining));
	}

	private @Nullable WebSocketFrame readPayload(ByteBuf in) {
		int length = (int) Math.min(Math.min(in.readableBytes(), MAX_WHOLE), this.remaining);
		if (length == 0) {
			return null;
		}
		if (!unmask(in, length)) {
			failed(ProtocolViolation.invalidPayload("Text that is not UTF-8"));
			return null;
		}
		this.remaining -= length;
		if (this.inPieces || (this.remaining == 0 && this.partial == null)) {
			return frame(in.readRetainedSlice(length));
		}
		return gather(in, length);
	}

	/**
	 * Takes the mask off the next bytes.
	 * @return false if they are text and not UTF-8
	 */
	private boolean unmask(ByteBuf in, int length) {
		int index = in.readerIndex();
		boolean ascii = Masking.apply(this.mask, in, index, length);
		this.mask = Integer.rotateLeft(this.mask, length * Byte.SIZE);
		return isControl() || this.message.accept(in, index, length, ascii);
	}

	private boolean isControl() {
		return Opcode.isControl(opcode());
	}

	private int opcode() {
		return this.first & HeaderParser.OPCODE;
	}

	private @Nullable WebSocketFrame gather(ByteBuf in, int length) {
		if (this.partial == null) {
			// as large as what has come; what the header claims is only the limit
			this.partial = this.allocator.buffer(length, length + (int) this.remaining);
		}
		ByteBuf gathered = this.partial.writeBytes(in, length);
		if (this.remaining > 0) {
			return null;
		}
		this.partial = null;
		return frame(gathered);
	}

	private @Nullable WebSocketFrame frame(ByteBuf payload) {
		boolean fin = this.remaining == 0 && (this.first & HeaderParser.FIN) != 0;
		int opcode = opcode();
		if (failed(isControl() ? controlEnds(payload) : this.message.frameEnds(fin))) {
			payload.release();
			return null;
		}
		WebSocketFrame frame = Opcode.frame(opcode, fin, (this.first & HeaderParser.RSV) >> 4, payload);
		// the next piece of a frame is a continuation, without RSV bits
		this.first &= HeaderParser.FIN;
		return frame;
	}

	private @Nullable ProtocolViolation controlEnds(ByteBuf payload) {
		if (opcode() != Opcode.CLOSE) {
			return null;
		}
		end();
		return ClosePayload.flaw(payload);
	}

	private boolean failed(@Nullable ProtocolViolation violation) {
		if (violation != null) {
			end();
			this.violation = violation;
		}
		return violation != null;
	}

}
