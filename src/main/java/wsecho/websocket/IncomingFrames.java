package wsecho.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import wsecho.websocket.codec.FrameDecoder;
import wsecho.websocket.codec.ProtocolViolation;
import wsecho.websocket.deflate.MessageInflater;

/** The frames of a client, decoded and inflated one by one when they are wanted. */
final class IncomingFrames {

	private final FrameDecoder decoder;

	private final @Nullable MessageInflater inflater;

	/** As it was decoded. */
	private @Nullable WebSocketFrame first;

	/** The size of the buffer that was read last, of which the first frame is a slice. */
	private int lastRead;

	IncomingFrames(FrameDecoder decoder, @Nullable MessageInflater inflater) {
		this.decoder = decoder;
		this.inflater = inflater;
	}

	/** Adds what was read. */
	void feed(ByteBuf read) {
		this.lastRead = read.capacity();
		this.decoder.feed(read);
	}

	/** Whether everything that was read has been taken. */
	boolean isEmpty() {
		return this.first == null && !this.decoder.hasInput();
	}

	/** How much memory is held by what has not been taken, in bytes. */
	int held() {
		return this.decoder.held() + ((this.first != null) ? this.lastRead : 0);
	}

	/** The first frame, not inflated; or null, if it is not whole yet. */
	@Nullable WebSocketFrame first() {
		if (this.first == null) {
			this.first = this.decoder.next();
		}
		return this.first;
	}

	/**
	 * Takes a data frame, or the next piece of one that is compressed.
	 * @param frame the first
	 * @return what is owned by the caller; null if nothing has been inflated yet, or
	 * there is a {@link #violation}
	 */
	@Nullable WebSocketFrame take(WebSocketFrame frame) {
		if (this.inflater == null || !this.inflater.appliesTo(frame)) {
			this.first = null;
			return frame;
		}
		WebSocketFrame piece = this.inflater.next(frame);
		if (!this.inflater.hasMore()) {
			drop();
		}
		return piece;
	}

	/** Whether there is more of the frame that was taken from last. */
	boolean isInflating() {
		return this.first != null;
	}

	/**
	 * Takes the first frame away from here; the caller owns it.
	 * @return true
	 */
	boolean forget() {
		this.first = null;
		return true;
	}

	/** Releases the first frame. */
	void drop() {
		if (this.first != null) {
			this.first.release();
			this.first = null;
		}
	}

	/** What is wrong with what comes next, or null. */
	@Nullable ProtocolViolation violation() {
		ProtocolViolation inflating = (this.inflater != null) ? this.inflater.violation() : null;
		return (inflating != null) ? inflating : this.decoder.violation();
	}

	/** Releases all that has come; nothing comes any more. */
	void end() {
		this.decoder.end();
		drop();
		if (this.inflater != null) {
			this.inflater.end();
		}
	}

}
