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
import wsecho.websocket.codec.Utf8;

/**
 * Inflates compressed messages (RFC 7692, 7.2.2), a piece of at most 64 KiB at each call:
 * what a frame inflates to never stands in memory as a whole, however much that is. Text
 * is checked as it appears.
 */
public final class MessageInflater {

	private static final int PIECE = 64 * 1024;

	private static final int FIRST_CAPACITY = 1024;

	// RFC 7692, 7.2.2: what the sender has cut off
	private static final byte[] TAIL = { 0, 0, (byte) 0xff, (byte) 0xff };

	// RFC 7692, 6: the message is compressed
	private static final int RSV1 = 4;

	private final ByteBufAllocator allocator;

	private final boolean noContextTakeover;

	private final Inflater inflater = new Inflater(true);

	/** Fresh for each text message; null while there is none. */
	private @Nullable Utf8 utf8;

	/** Whether the message under way is compressed. */
	private boolean compressed;

	/** What is left of the frame under way, then of the tail; null between frames. */
	private @Nullable ByteBuffer input;

	private boolean tailed;

	/** Whether a piece of the frame has been handed on. */
	private boolean begun;

	MessageInflater(ByteBufAllocator allocator, boolean noContextTakeover) {
		this.allocator = allocator;
		this.noContextTakeover = noContextTakeover;
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
			this.compressed = frame.rsv() == RSV1;
			this.utf8 = (opcode == Opcode.TEXT) ? new Utf8() : null;
		}
		return this.compressed;
	}

	/** Whether more comes of the frame that was inflated last. */
	public boolean hasMore() {
		return this.input != null;
	}

	/**
	 * Inflates the next piece of a frame.
	 * @param frame the same until there is no more of it
	 * @return the piece, as a fragment of its own
	 * @throws InvalidPayloadException if it does not inflate, or is not the text it
	 * should be
	 */
	public WebSocketFrame next(WebSocketFrame frame) throws InvalidPayloadException {
		if (this.input == null) {
			this.tailed = false;
			this.begun = false;
			feed(frame.content().nioBuffer());
		}
		ByteBuf piece = this.allocator.buffer(FIRST_CAPACITY, PIECE);
		try {
			boolean last = fill(piece, frame.isFinalFragment());
			boolean fin = last && frame.isFinalFragment();
			check(piece, fin);
			if (last) {
				frameEnds(fin);
			}
			int opcode = this.begun ? Opcode.CONTINUATION : Opcode.of(frame);
			this.begun = true;
			return Opcode.frame(opcode, fin, 0, piece.retain());
		}
		catch (DataFormatException ex) {
			throw new InvalidPayloadException("payload that does not inflate");
		}
		finally {
			piece.release();
		}
	}

	/** Gives back the memory, which is not the heap's. */
	public void end() {
		this.inflater.end();
	}

	/**
	 * Inflates until the piece is full or the input is used up.
	 * @return whether it is used up
	 */
	private boolean fill(ByteBuf piece, boolean fin) throws DataFormatException {
		while (piece.isWritable() || grow(piece)) {
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

	private void check(ByteBuf piece, boolean fin) throws InvalidPayloadException {
		if (this.utf8 == null) {
			return;
		}
		if (!this.utf8.accept(piece, piece.readerIndex(), piece.readableBytes())) {
			throw new InvalidPayloadException("text that is not UTF-8");
		}
		if (fin && !this.utf8.complete()) {
			throw new InvalidPayloadException("text that ends within a code point");
		}
	}

}
