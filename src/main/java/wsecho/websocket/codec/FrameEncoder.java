package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns frames into the bytes of a server (RFC 6455, 5.2). Small frames are copied into
 * one batch, which is written when it is full, when the channel is flushed, and with any
 * frame whose promise somebody watches; of a larger frame only the header is copied. The
 * order is kept, whatever is written.
 */
// the future of a write is the promise that was passed on, whose owner watches it
@SuppressWarnings("FutureReturnValueIgnored")
public final class FrameEncoder extends ChannelOutboundHandlerAdapter {

	private static final int FIN = 0x80;

	private static final int MAX_SMALL = 2 * 1024;

	private static final int MAX_HEADER = 10;

	private static final int MAX_BATCH = 16 * 1024;

	private static final int MIN_BATCH = 256;

	private @Nullable ByteBuf batch;

	// A batch begins as large as the last one became: one small frame a turn must not
	// hold 16 KiB when the client does not read, and many should not make it grow
	private int lastBatch = MIN_BATCH;

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (!(msg instanceof WebSocketFrame frame)) {
			writeBatch(ctx, ctx.voidPromise());
			ctx.write(msg, promise);
			return;
		}
		try {
			write(ctx, frame, promise);
		}
		finally {
			frame.release();
		}
	}

	private void write(ChannelHandlerContext ctx, WebSocketFrame frame, ChannelPromise promise) {
		ByteBuf payload = frame.content();
		int length = payload.readableBytes();
		if (length > MAX_SMALL) {
			writeHeader(batch(ctx, MAX_HEADER), frame, length);
			writeBatch(ctx, ctx.voidPromise());
			ctx.write(payload.retain(), promise);
			return;
		}
		ByteBuf batch = batch(ctx, MAX_HEADER + length);
		writeHeader(batch, frame, length);
		// not batch.writeBytes, which makes a ByteBuffer of every slice
		batch.ensureWritable(length);
		payload.getBytes(payload.readerIndex(), batch, length);
		if (!promise.isVoid()) {
			writeBatch(ctx, promise);
		}
	}

	private ByteBuf batch(ChannelHandlerContext ctx, int needed) {
		if (this.batch != null && this.batch.maxWritableBytes() < needed) {
			writeBatch(ctx, ctx.voidPromise());
		}
		if (this.batch == null) {
			this.batch = ctx.alloc().buffer(Math.max(this.lastBatch, needed), MAX_BATCH);
		}
		return this.batch;
	}

	private static void writeHeader(ByteBuf out, WebSocketFrame frame, int length) {
		int first = (frame.isFinalFragment() ? FIN : 0) | (frame.rsv() & 0x7) << 4 | Opcode.of(frame);
		if (length <= 125) {
			out.writeShort(first << 8 | length);
		}
		else if (length <= 0xFFFF) {
			out.writeInt(first << 24 | 126 << 16 | length);
		}
		else {
			out.writeShort(first << 8 | 127);
			out.writeLong(length);
		}
	}

	private void writeBatch(ChannelHandlerContext ctx, ChannelPromise promise) {
		if (this.batch != null) {
			ByteBuf full = this.batch;
			this.batch = null;
			this.lastBatch = Math.max(full.readableBytes(), MIN_BATCH);
			ctx.write(full, promise);
		}
	}

	@Override
	public void flush(ChannelHandlerContext ctx) {
		writeBatch(ctx, ctx.voidPromise());
		ctx.flush();
	}

	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		flush(ctx);
		ctx.close(promise);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (ctx.channel().isActive()) {
			flush(ctx);
		}
		else if (this.batch != null) {
			this.batch.release();
			this.batch = null;
		}
	}

}
