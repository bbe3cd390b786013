package wsecho.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import wsecho.websocket.codec.ProtocolViolation;

/**
 * Emits what a session receives, one message a frame. Bytes are decoded frame by frame as
 * the frames are wanted, so that what is held of a client is one read. All frames keep
 * their order: a control frame, a violation and the end of the input are told when all
 * that came before has been dealt with.
 * <p>
 * Buffers are released when {@code onNext} returns; who keeps one retains it.
 */
final class FrameSource {

	/** What becomes of data. */
	private enum Mode {

		/** It is emitted. */
		EMITTING,
		/** It is emitted as far as it has been read, then the stream completes. */
		COMPLETING,
		/** The stream has completed, and it is released. */
		COMPLETED,
		/** It is released. */
		DISCARDING,
		/** Nothing is decoded any more. */
		ENDED

	}

	private final EventLoop loop;

	private final IncomingFrames frames;

	private final MessageConverter converter;

	private final FrameTraffic traffic;

	private final InboundEvents events;

	private final ReceivedMessages messages;

	private final NextTurn nextTurn;

	private Mode mode = Mode.EMITTING;

	private @Nullable Throwable failure;

	private boolean inputEnded;

	/** Whether what has been read has to wait: first for the answer to the handshake. */
	private boolean draining = true;

	FrameSource(EventLoop loop, IncomingFrames frames, MessageConverter converter, FrameTraffic traffic,
			InboundEvents events) {
		this.loop = loop;
		this.frames = frames;
		this.converter = converter;
		this.traffic = traffic;
		this.events = events;
		this.messages = new ReceivedMessages(loop, this);
		this.nextTurn = new NextTurn(loop, this::drain);
	}

	/** The messages, for the handler. */
	Flux<WebSocketMessage> messages() {
		return this.messages;
	}

	/** Deals with what is read from now on, and with what came before the answer. */
	void opened() {
		this.draining = false;
		drain();
	}

	/** Takes over what was read. */
	void feed(ByteBuf read) {
		this.frames.feed(read);
		drain();
	}

	/** The client has ended its direction, after what was fed. */
	void inputEnded() {
		this.inputEnded = true;
		drain();
	}

	/** Completes the stream after what has been read. */
	void complete() {
		if (this.mode == Mode.EMITTING) {
			this.mode = Mode.COMPLETING;
			drain();
		}
	}

	/** From now on releases data instead of emitting it; control frames still count. */
	void discard() {
		if (this.mode == Mode.EMITTING || this.mode == Mode.COMPLETING) {
			this.mode = Mode.DISCARDING;
			drain();
		}
	}

	/**
	 * Ends the stream: nothing more is emitted, what has been read is released.
	 * @param cause what it ends with, or null if it completes
	 */
	void end(@Nullable Throwable cause) {
		if (this.mode != Mode.ENDED) {
			this.mode = Mode.ENDED;
			this.failure = cause;
			this.frames.end();
			this.messages.terminate(cause);
		}
	}

	/** Whether the subscriber holds off what it could have. */
	boolean isHeldOff() {
		return this.mode == Mode.EMITTING && this.messages.isHeldOff();
	}

	/**
	 * Whether more should be read: all that came is dealt with, and more is wanted. While
	 * nobody has subscribed that is one read, so that the Close of a client is seen which
	 * is only sent to.
	 */
	boolean wantsMore() {
		return this.frames.isEmpty() && !isHeldOff();
	}

	/** Deals with what has been read, as far as it is wanted. */
	void drain() {
		assert this.loop.inEventLoop();
		// the subscriber may ask for more, or end the stream, while it is handed a frame
		if (!this.draining) {
			this.draining = true;
			try {
				while (dispatchNext()) {
				}
			}
			finally {
				this.draining = false;
			}
			this.events.drained();
		}
	}

	/** The handler has subscribed. */
	void subscribed() {
		if (this.mode == Mode.COMPLETED || this.mode == Mode.ENDED) {
			this.messages.terminate(this.failure);
		}
		drain();
	}

	/**
	 * Deals with the next frame.
	 * @return whether that could be done now, and there may be another
	 */
	private boolean dispatchNext() {
		WebSocketFrame frame = this.frames.first();
		if (frame == null) {
			return exhausted();
		}
		if (frame instanceof PingWebSocketFrame ping) {
			return this.events.ping(ping) && this.frames.forget();
		}
		if (frame instanceof CloseWebSocketFrame close) {
			this.frames.forget();
			this.events.close(close);
			return true;
		}
		if (isDiscarding() || (frame instanceof PongWebSocketFrame pong && !this.events.pong(pong))) {
			this.frames.drop();
			return true;
		}
		return this.messages.isReady() && emitNext(frame);
	}

	private boolean isDiscarding() {
		return this.mode == Mode.COMPLETED || this.mode == Mode.DISCARDING;
	}

	// all that was read has been dealt with
	private boolean exhausted() {
		ProtocolViolation violation = this.frames.violation();
		if (violation != null) {
			this.events.violated(violation);
		}
		else if (this.inputEnded) {
			this.inputEnded = false;
			this.events.inputEnded();
		}
		if (this.mode == Mode.COMPLETING) {
			this.mode = Mode.COMPLETED;
			this.messages.terminate(null);
		}
		return false;
	}

	private boolean emitNext(WebSocketFrame frame) {
		WebSocketFrame piece = this.frames.take(frame);
		if (piece == null && this.frames.violation() != null) {
			return exhausted();
		}
		// a piece a turn, so that what inflates to much does not hold up other sessions
		boolean more = this.frames.isInflating();
		if (more) {
			this.nextTurn.await();
		}
		if (piece != null) {
			emit(piece);
		}
		return !more;
	}

	private void emit(WebSocketFrame frame) {
		try {
			this.traffic.received(frame);
			this.messages.emit(this.converter.message(frame));
		}
		finally {
			frame.release();
		}
	}

}
