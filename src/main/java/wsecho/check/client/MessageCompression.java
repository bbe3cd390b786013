package wsecho.check.client;

import java.util.function.Consumer;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import wsecho.websocket.codec.ProtocolViolation;
import wsecho.websocket.deflate.Compression;
import wsecho.websocket.deflate.MessageDeflater;
import wsecho.websocket.deflate.MessageInflater;

/** Compresses and inflates the messages of a session (RFC 7692). */
final class MessageCompression {

	// a client may compress each message by itself whatever was agreed, and one that
	// keeps what it inflated can inflate either
	private static final Compression EITHER = new Compression(true, false, 15);

	private final MessageDeflater deflater;

	private final MessageInflater inflater;

	private MessageCompression(ByteBufAllocator allocator) {
		this.deflater = EITHER.deflater(allocator);
		this.inflater = EITHER.inflater(allocator, Long.MAX_VALUE);
	}

	/**
	 * That of a session, or null if it was not agreed on.
	 * @param extensions what the answer agrees to, or null
	 * @param allocator allocates what comes of it
	 */
	static @Nullable MessageCompression of(@Nullable CharSequence extensions, ByteBufAllocator allocator) {
		return (extensions != null && extensions.toString().startsWith("permessage-deflate"))
				? new MessageCompression(allocator) : null;
	}

	byte[] deflated(byte[] payload) {
		WebSocketFrame frame = this.deflater.deflated(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(payload)));
		try {
			return ByteBufUtil.getBytes(frame.content());
		}
		finally {
			frame.release();
		}
	}

	/** Hands on a frame, inflated if it has to be. */
	void inflate(WebSocketFrame frame, Consumer<WebSocketFrame> frames) {
		if (!this.inflater.appliesTo(frame)) {
			frames.accept(frame);
			return;
		}
		do {
			WebSocketFrame piece = this.inflater.next(frame);
			if (piece != null) {
				frames.accept(piece);
				piece.release();
			}
		}
		while (this.inflater.hasMore() && violation() == null);
	}

	@Nullable ProtocolViolation violation() {
		return this.inflater.violation();
	}

	void end() {
		this.deflater.end();
		this.inflater.end();
	}

}
