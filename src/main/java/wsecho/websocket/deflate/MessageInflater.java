package wsecho.websocket.deflate;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import wsecho.websocket.codec.Opcode;
import wsecho.websocket.codec.ProtocolViolation;
import wsecho.websocket.codec.Utf8;

/**
 * Inflates compressed messages (RFC 7692, 7.2.2), a piece of at most 64 KiB at each call:
 * what a frame inflates to never stands in memory as a whole, however much that is. Text
 * is checked as it appears.
 */
public final class MessageInflater {

	private static final int PIECE = 64 * 1024;

	private static final int FIRST_CAPACITY = 1024;

	// an empty block takes five bytes, and as long as a full one
	private static final int MAX_STEPS = 64;

	// RFC 7692, 7.2.2: what the sender has cut off
	private static final byte[] TAIL = { 0, 0, (byte) 0xff, (byte) 0xff };

	private final ByteBufAllocator allocator;

	private final boolean noContextTakeover;

	private final Inflater inflater = new Inflater(true);

	private final long limit;

	/** Fresh for each text message; null while there is none. */
	private @Nullable Utf8 utf8;

	/** Whether the message under way is compressed. */
	private boolean compressed;

	/** What is left of the frame under way, then of the tail; null between frames. */
	private @Nullable ByteBuffer input;

	private boolean tailed;

	/** Whether a piece of the frame has been handed on. */
	private boolean begun;

	/** Of the message under way, inflated, as far as it has come. */
	private long length;

	private @Nullable ProtocolViolation violation;

	/**
	 * Inflates for one session.
	 * @param allocator allocates what comes of it
	 * @param noContextTakeover whether each message was compressed by itself
	 * @param limit how long a message may be, inflated, in bytes
	 */
	MessageInflater(ByteBufAllocator allocator, boolean noContextTakeover, long limit) {
		this.allocator = allocator;
		this.noContextTakeover = noContextTakeover;
		this.limit = limit;
	}

	/**
	 * Whether a frame has to be inflated: it is part of a compressed message.
	 * @param frame the next frame
	 */
	public boolean appliesTo(WebSocketFrame frame) {
		int opcode = Opcode.of(frame);
		if (Opcode.isControl(opcode)) {
			return false;
		}
		if (opcode != Opcode.CONTINUATION && this.input == null) {
			this.compressed = frame.rsv() == Compression.RSV1;
			this.length = 0;
			this.utf8 = (opcode == Opcode.TEXT) ? new Utf8() : null;
		}
		return this.compressed;
	}

	/** Whether more comes of the frame that was inflated last. */
	public boolean hasMore() {
		return this.input != null;
	}

	/** Why the message under way cannot be inflated, or must not be; or null. */
	public @Nullable ProtocolViolation violation() {
		return this.violation;
	}

	/**
	 * Inflates the next piece of a frame, within a bounded time.
	 * @param frame the same until there is no more of it
	 * @return the piece, as a fragment of its own; or null, if there is none yet or there
	 * is a {@link #violation}
	 */
	public @Nullable WebSocketFrame next(WebSocketFrame frame) {
		if (this.input == null) {
			this.tailed = false;
			this.begun = false;
			feed(frame.content().nioBuffer());
		}
		ByteBuf piece = this.allocator.buffer(FIRST_CAPACITY, PIECE);
		try {
			boolean last = fill(piece, frame.isFinalFragment());
			return (last || piece.isReadable()) ? fragment(frame, piece, last) : null;
		}
		catch (DataFormatException ex) {
			this.violation = ProtocolViolation.invalidPayload("Payload that does not inflate");
			return null;
		}
		finally {
			piece.release();
		}
	}

	private @Nullable WebSocketFrame fragment(WebSocketFrame frame, ByteBuf piece, boolean last) {
		boolean fin = last && frame.isFinalFragment();
		this.violation = flaw(piece, fin);
		if (this.violation != null) {
			return null;
		}
		if (last) {
			frameEnds(fin);
		}
		int opcode = this.begun ? Opcode.CONTINUATION : Opcode.of(frame);
		this.begun = true;
		return Opcode.frame(opcode, fin, 0, piece.retain());
	}

	/** Gives back the memory, which is not the heap's. */
	public void end() {
		this.inflater.end();
	}

	/**
	 * Inflates until the piece is full, the input is used up, or it has taken long.
	 * @return whether it is used up
	 */
	private boolean fill(ByteBuf piece, boolean fin) throws DataFormatException {
		for (int step = 0; step < MAX_STEPS && (piece.isWritable() || grow(piece)); step++) {
			int count = this.inflater.inflate(piece.nioBuffer(piece.writerIndex(), piece.writableBytes()));
			piece.writerIndex(piece.writerIndex() + count);
			if (this.inflater.finished()) {
				// a block with BFINAL set; what follows begins anew (RFC 7692, 7.2.3.4)
				this.inflater.reset();
				this.inflater.setInput(Objects.requireNonNull(this.input));
			}
			if (count == 0 && this.inflater.needsInput()) {
				if (!fin || this.tailed) {
					return true;
				}
				this.tailed = true;
				feed(ByteBuffer.wrap(TAIL));
			}
		}
		return false;
	}

	private static boolean grow(ByteBuf piece) {
		if (piece.capacity() < piece.maxCapacity()) {
			piece.capacity(Math.min(piece.capacity() * 4, piece.maxCapacity()));
			return true;
		}
		return false;
	}

	private void feed(ByteBuffer next) {
		this.input = next;
		this.inflater.setInput(next);
	}

	private void frameEnds(boolean fin) {
		this.input = null;
		if (fin && this.noContextTakeover) {
			this.inflater.reset();
		}
	}

	private @Nullable ProtocolViolation flaw(ByteBuf piece, boolean fin) {
		this.length += piece.readableBytes();
		if (this.length > this.limit) {
			return ProtocolViolation.tooBig(this.limit);
		}
		if (this.utf8 == null) {
			return null;
		}
		if (!this.utf8.accept(piece, piece.readerIndex(), piece.readableBytes())) {
			return ProtocolViolation.invalidPayload("Text that is not UTF-8");
		}
		return (fin && !this.utf8.complete()) ? ProtocolViolation.invalidPayload("Text that ends inside a code point")
				: null;
	}

}
