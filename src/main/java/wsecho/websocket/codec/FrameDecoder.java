package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a client into frames and holds them to RFC 6455, sections 5, 7.4 and
 * 8.1. Each frame is handed on as soon as it is there; a {@link ProtocolViolation} is the
 * last thing handed on, and so is a Close frame: what comes after is released unread.
 * <p>
 * A frame that lies within one read is a slice of it, unmasked in place. One of up to 64
 * KiB that does not is gathered. A longer one is handed on in pieces as its bytes come,
 * each of them a slice of at most 64 KiB of one read: the first has the opcode and the
 * RSV bits, the others are continuation frames, and only the last has the FIN bit.
 * <p>
 * The text of compressed messages is not checked here: it is not yet text.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {

	private static final int FIN = 0x80;

	private static final int RSV = 0x70;

	private static final int RSV1 = 0x40;

	private static final int OPCODE = 0x0F;

	private static final int CONTROL = 0x08;

	private static final int MASK = 0x80;

	private static final int LENGTH = 0x7F;

	private static final int MAX_CONTROL_LENGTH = 125;

	private static final int MAX_HEADER = 14;

	private static final int TWO_MORE_BYTES = 126;

	private static final int EIGHT_MORE_BYTES = 127;

	private static final int MAX_WHOLE = 64 * 1024;

	private final boolean compressed;

	private final Utf8 utf8 = new Utf8();

	// the header's first byte; once a piece is handed on, that of a continuation frame
	private int first;

	private int mask;

	// what is still to come of the frame's payload
	private long remaining;

	// what has come of a header or of a frame that is not whole yet
	private @Nullable ByteBuf partial;

	private boolean inPieces;

	private boolean inMessage;

	private boolean text;

	private boolean ended;

	/**
	 * Decodes one session.
	 * @param compressed whether permessage-deflate was negotiated, so that RSV1 may mark
	 * a message as compressed (RFC 7692, 6)
	 */
	public FrameDecoder(boolean compressed) {
		this.compressed = compressed;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof ByteBuf in)) {
			ctx.fireChannelRead(msg);
			return;
		}
		try {
			while (!this.ended && in.isReadable()) {
				decode(ctx, in);
			}
		}
		finally {
			in.release();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		end();
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		end();
	}

	private void end() {
		this.ended = true;
		releasePartial();
	}

	private void releasePartial() {
		if (this.partial != null) {
			this.partial.release();
			this.partial = null;
		}
	}

	private void decode(ChannelHandlerContext ctx, ByteBuf in) {
		if (this.remaining > 0) {
			readPayload(ctx, in);
		}
		else if (readHeader(ctx, in) && this.remaining == 0) {
			handOn(ctx, Unpooled.EMPTY_BUFFER);
		}
	}

	private boolean readHeader(ChannelHandlerContext ctx, ByteBuf in) {
		if (this.partial != null) {
			return readRestOfHeader(ctx, in, this.partial);
		}
		if (parseHeader(ctx, in)) {
			return true;
		}
		if (!this.ended) {
			this.partial = ctx.alloc().buffer(MAX_HEADER, MAX_HEADER).writeBytes(in);
		}
		return false;
	}

	private boolean readRestOfHeader(ChannelHandlerContext ctx, ByteBuf in, ByteBuf header) {
		while (!this.ended && in.isReadable()) {
			header.writeByte(in.readByte());
			if (parseHeader(ctx, header)) {
				releasePartial();
				return true;
			}
		}
		return false;
	}

	/**
	 * Reads a header if it is all there; if not, checks what is there.
	 * @return whether it is all there and valid
	 */
	private boolean parseHeader(ChannelHandlerContext ctx, ByteBuf in) {
		int index = in.readerIndex();
		int available = in.readableBytes();
		int first = in.getUnsignedByte(index);
		if (!valid(ctx, flawOfFirst(first)) || available < 2) {
			return false;
		}
		int second = in.getUnsignedByte(index + 1);
		int more = lengthBytes(second & LENGTH);
		if (!valid(ctx, flawOfSecond(first, second)) || available < 2 + more) {
			return false;
		}
		long length = length(in, index + 1, more);
		if (!valid(ctx, flawOfLength(length, more)) || available < 2 + more + Integer.BYTES) {
			return false;
		}
		begin(first, length, in.getInt(index + 2 + more));
		in.skipBytes(2 + more + Integer.BYTES);
		return true;
	}

	private boolean valid(ChannelHandlerContext ctx, @Nullable String flaw) {
		if (flaw != null) {
			fail(ctx, ProtocolViolation.protocolError(flaw));
		}
		return flaw == null;
	}

	private @Nullable String flawOfFirst(int first) {
		int opcode = first & OPCODE;
		if ((first & RSV) != 0 && !marksCompressed(first)) {
			return "RSV bit that no extension defines";
		}
		return switch (opcode) {
			case Opcode.CONTINUATION -> this.inMessage ? null : "Continuation frame outside a message";
			case Opcode.TEXT, Opcode.BINARY -> this.inMessage ? "New message inside a fragmented one" : null;
			case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> ((first & FIN) != 0) ? null : "Fragmented control frame";
			default -> "Unknown opcode " + opcode;
		};
	}

	private boolean marksCompressed(int first) {
		return this.compressed && (first & RSV) == RSV1 && opensMessage(first);
	}

	private static boolean opensMessage(int first) {
		int opcode = first & OPCODE;
		return opcode == Opcode.TEXT || opcode == Opcode.BINARY;
	}

	private static @Nullable String flawOfSecond(int first, int second) {
		if ((second & MASK) == 0) {
			return "Frame without a mask";
		}
		if ((first & CONTROL) != 0 && (second & LENGTH) > MAX_CONTROL_LENGTH) {
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

	private static @Nullable String flawOfLength(long length, int more) {
		if (length < 0) {
			return "Length with its top bit set";
		}
		if ((more == Short.BYTES && length < TWO_MORE_BYTES) || (more == Long.BYTES && length <= 0xFFFF)) {
			return "Length in more bytes than it needs";
		}
		return null;
	}

	private void begin(int first, long length, int mask) {
		this.first = first;
		this.mask = mask;
		this.remaining = length;
		this.inPieces = length > MAX_WHOLE;
		if (opensMessage(first)) {
			this.text = (first & (RSV1 | OPCODE)) == Opcode.TEXT;
		}
	}

	private void readPayload(ChannelHandlerContext ctx, ByteBuf in) {
		int length = (int) Math.min(Math.min(in.readableBytes(), MAX_WHOLE), this.remaining);
		if (!unmask(in, length)) {
			fail(ctx, ProtocolViolation.invalidPayload("Text that is not UTF-8"));
			return;
		}
		this.remaining -= length;
		if (this.inPieces || (this.remaining == 0 && this.partial == null)) {
			handOn(ctx, in.readRetainedSlice(length));
		}
		else {
			gather(ctx, in, length);
		}
	}

	/**
	 * Takes the mask off the next bytes.
	 * @return false if they are text and not UTF-8
	 */
	private boolean unmask(ByteBuf in, int length) {
		int index = in.readerIndex();
		boolean ascii = Masking.apply(this.mask, in, index, length);
		this.mask = Integer.rotateLeft(this.mask, length * Byte.SIZE);
		return !isText() || (ascii && this.utf8.complete()) || this.utf8.accept(in, index, length);
	}

	private boolean isText() {
		return this.text && (this.first & CONTROL) == 0;
	}

	private void gather(ChannelHandlerContext ctx, ByteBuf in, int length) {
		if (this.partial == null) {
			// as large as what has come; what the header claims is only the limit
			this.partial = ctx.alloc().buffer(length, length + (int) this.remaining);
		}
		ByteBuf gathered = this.partial.writeBytes(in, length);
		if (this.remaining == 0) {
			this.partial = null;
			handOn(ctx, gathered);
		}
	}

	private void handOn(ChannelHandlerContext ctx, ByteBuf payload) {
		boolean fin = this.remaining == 0 && (this.first & FIN) != 0;
		ProtocolViolation violation = fin ? flawOfEnd(payload) : null;
		if (violation != null) {
			payload.release();
			fail(ctx, violation);
			return;
		}
		WebSocketFrame frame = Opcode.frame(this.first & OPCODE, fin, (this.first & RSV) >> 4, payload);
		advance(fin);
		ctx.fireChannelRead(frame);
	}

	private @Nullable ProtocolViolation flawOfEnd(ByteBuf payload) {
		if ((this.first & OPCODE) == Opcode.CLOSE) {
			return ClosePayload.flaw(payload);
		}
		if (isText() && !this.utf8.complete()) {
			return ProtocolViolation.invalidPayload("Text that ends inside a code point");
		}
		return null;
	}

	private void advance(boolean fin) {
		if ((this.first & CONTROL) == 0) {
			this.inMessage = !fin;
			// the next piece of a frame is a continuation, without RSV bits
			this.first &= FIN;
		}
		else if ((this.first & OPCODE) == Opcode.CLOSE) {
			this.ended = true;
		}
	}

	private void fail(ChannelHandlerContext ctx, ProtocolViolation violation) {
		end();
		ctx.fireChannelRead(violation);
	}

}
