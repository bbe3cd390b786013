package wsecho.websocket;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import wsecho.websocket.codec.ProtocolViolation;
import wsecho.websocket.deflate.InvalidPayloadException;
import wsecho.websocket.deflate.MessageInflater;

/**
 * What a session receives, one message a frame. What the decoder hands on goes down one
 * queue, control frames too, and leaves it in that order: data when the subscriber asks
 * for it, everything else to the {@link ChannelEnd} when its turn comes. The queue holds
 * what is left of one read.
 * <p>
 * Buffers are released when {@code onNext} returns; who keeps one retains it.
 */
final class FrameSource extends Flux<WebSocketMessage> implements Subscription {

	private final ChannelEnd end;

	private final Queue<Object> queue = new ArrayDeque<>(2);

	private final @Nullable MessageInflater inflater;

	private final AtomicBoolean taken = new AtomicBoolean();

	private @Nullable CoreSubscriber<? super WebSocketMessage> subscriber;

	private long requested;

	private boolean draining;

	private boolean cancelled;

	private boolean discarding;

	/** Whether the stream completes with what is in the queue. */
	private boolean completing;

	private boolean ended;

	private @Nullable Throwable failure;

	FrameSource(ChannelEnd end, @Nullable MessageInflater inflater) {
		this.end = end;
		this.inflater = inflater;
	}

	@Override
	public void subscribe(CoreSubscriber<? super WebSocketMessage> actual) {
		if (!this.taken.compareAndSet(false, true)) {
			Operators.error(actual, new IllegalStateException("A session's messages can be received only once"));
			return;
		}
		actual.onSubscribe(this);
		this.end.execute(() -> {
			if (!this.cancelled) {
				this.subscriber = actual;
			}
			drain();
		});
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			if (this.end.inEventLoop()) {
				demand(n);
			}
			else {
				this.end.execute(() -> demand(n));
			}
		}
	}

	@Override
	public void cancel() {
		this.end.execute(() -> {
			this.cancelled = true;
			this.subscriber = null;
			discard();
		});
	}

	private void demand(long n) {
		this.requested = Operators.addCap(this.requested, n);
		drain();
	}

	/** Takes over what the decoder hands on: a frame or a violation. */
	void accept(Object frame) {
		if (this.ended) {
			ReferenceCountUtil.release(frame);
			return;
		}
		this.queue.add(frame);
		drain();
	}

	/** From now on releases data instead of emitting it; control frames still count. */
	void discard() {
		this.discarding = true;
		drain();
	}

	/** Completes the stream after what has been read; what still comes is discarded. */
	void complete() {
		this.completing = true;
		drain();
	}

	/** Whether the subscriber holds off what it could have. */
	boolean isHeldOff() {
		return this.requested == 0 && !this.discarding && !this.ended && this.taken.get();
	}

	/**
	 * Whether more should be read: all that came is dealt with, and more is wanted. While
	 * nobody has subscribed that is one read, so that the Close of a client is seen which
	 * is only sent to.
	 */
	boolean wantsMore() {
		return this.queue.isEmpty() && (this.requested > 0 || this.discarding || this.ended || !this.taken.get());
	}

	/**
	 * Ends the stream: nothing more is emitted, what waits is released.
	 * @param cause what it ends with, or null if it completes
	 */
	void end(@Nullable Throwable cause) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.failure = cause;
		if (this.inflater != null) {
			this.inflater.end();
		}
		this.queue.forEach(ReferenceCountUtil::release);
		this.queue.clear();
		drain();
	}

	// the subscriber may ask for more, or end the stream, while it is handed a message
	void drain() {
		if (this.draining) {
			return;
		}
		this.draining = true;
		try {
			while (!this.queue.isEmpty() && dispatch(this.queue.element())) {
			}
		}
		finally {
			this.draining = false;
		}
		if (this.completing && this.queue.isEmpty()) {
			this.discarding = true;
		}
		if (this.ended || (this.completing && this.discarding)) {
			terminate();
		}
		this.end.readIfWanted();
	}

	/**
	 * Deals with the first of the queue.
	 * @return whether that could be done now
	 */
	private boolean dispatch(Object first) {
		if (this.end.isControl(first)) {
			this.queue.remove();
			this.end.control(first);
			return true;
		}
		if (this.discarding) {
			ReferenceCountUtil.release(this.queue.remove());
			return true;
		}
		if (this.requested == 0 || this.subscriber == null) {
			return false;
		}
		WebSocketFrame frame = (WebSocketFrame) first;
		if (this.inflater != null && this.inflater.appliesTo(frame)) {
			return inflate(this.inflater, frame, this.subscriber);
		}
		this.queue.remove();
		emit(frame, this.subscriber);
		return true;
	}

	/**
	 * A piece a turn, so that what inflates to much does not hold up the other sessions.
	 */
	private boolean inflate(MessageInflater inflater, WebSocketFrame frame,
			CoreSubscriber<? super WebSocketMessage> to) {
		try {
			WebSocketFrame piece = inflater.next(frame);
			boolean last = !inflater.hasMore();
			if (last) {
				this.queue.remove();
				frame.release();
			}
			else {
				this.end.nextTurn(this::drain);
			}
			emit(piece, to);
			return last;
		}
		catch (InvalidPayloadException ex) {
			this.end.control(ProtocolViolation.invalidPayload(ex.reason()));
			return false;
		}
	}

	private void emit(WebSocketFrame frame, CoreSubscriber<? super WebSocketMessage> to) {
		if (this.requested != Long.MAX_VALUE) {
			this.requested--;
		}
		try {
			if (this.end.admits(frame)) {
				to.onNext(this.end.messages().message(frame));
			}
		}
		finally {
			frame.release();
		}
	}

	private void terminate() {
		CoreSubscriber<? super WebSocketMessage> last = this.subscriber;
		if (last == null) {
			return;
		}
		this.subscriber = null;
		if (this.failure != null) {
			last.onError(this.failure);
		}
		else {
			last.onComplete();
		}
	}

}
