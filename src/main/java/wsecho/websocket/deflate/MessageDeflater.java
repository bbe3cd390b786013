package wsecho.websocket.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import wsecho.websocket.codec.Opcode;

/**
 * Compresses messages (RFC 7692, 7.2.1), frame by frame, so that a fragment leaves as a
 * fragment.
 */
public final class MessageDeflater {

	private static final int MAX_WINDOW_BITS = 15;

	// RFC 7692, 7.2.1: 00 00 ff ff, which the receiver puts back
	private static final int TAIL = 4;

	private final ByteBufAllocator allocator;

	private final boolean noContextTakeover;

	/** How much is compressed before the compressor forgets what it has seen. */
	private final int window;

	private final int flush;

	private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

	/**
	 * Compresses for one session.
	 * @param noContextTakeover whether each message is compressed by itself
	 * @param windowBits how far back a message may refer, 2 to that power bytes. The
	 * JDK's compressor always looks back 2^15; with fewer it is made to forget after so
	 * many.
	 */
	MessageDeflater(ByteBufAllocator allocator, boolean noContextTakeover, int windowBits) {
		this.allocator = allocator;
		this.noContextTakeover = noContextTakeover;
		this.window = (windowBits < MAX_WINDOW_BITS) ? 1 << windowBits : Integer.MAX_VALUE;
		this.flush = (windowBits < MAX_WINDOW_BITS) ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
	}

	/**
	 * Compresses a frame, if it is one of a message.
	 * @param frame the frame, released if it is compressed
	 * @return what is sent
	 */
	public WebSocketFrame deflated(WebSocketFrame frame) {
		return Opcode.isControl(Opcode.of(frame)) ? frame : deflate(frame);
	}

	private WebSocketFrame deflate(WebSocketFrame frame) {
		boolean fin = frame.isFinalFragment();
		int opcode = Opcode.of(frame);
		ByteBuf to = this.allocator.buffer(frame.content().readableBytes() / 2 + 64);
		try {
			deflate(frame.content().nioBuffer(), to);
		}
		finally {
			frame.release();
		}
		if (fin) {
			cutTail(to);
			if (this.noContextTakeover) {
				this.deflater.reset();
			}
		}
		return Opcode.frame(opcode, fin, (opcode != Opcode.CONTINUATION) ? Compression.RSV1 : 0, to);
	}

	/** Gives back the memory, which is not the heap's. */
	public void end() {
		this.deflater.end();
	}

	private void deflate(ByteBuffer from, ByteBuf to) {
		do {
			int length = Math.min(this.window, from.remaining());
			this.deflater.setInput(from.slice(from.position(), length));
			from.position(from.position() + length);
			drain(to);
		}
		while (from.hasRemaining());
	}

	private void drain(ByteBuf to) {
		boolean full = true;
		while (full) {
			to.ensureWritable(64);
			int count = this.deflater.deflate(to.nioBuffer(to.writerIndex(), to.writableBytes()), this.flush);
			full = count == to.writableBytes();
			to.writerIndex(to.writerIndex() + count);
		}
	}

	// no input right after a flush gives no output; an empty block stands for it
	// (RFC 7692, 7.2.3.6)
	private static void cutTail(ByteBuf message) {
		if (message.isReadable()) {
			message.writerIndex(message.writerIndex() - TAIL);
		}
		if (!message.isReadable()) {
			message.writeByte(0);
		}
	}

}
