package wsecho.websocket;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** The one subscriber of a frame source, and what it has asked for. */
final class SourceSubscriber {

	private final AtomicBoolean claimed = new AtomicBoolean();

	private @Nullable CoreSubscriber<? super WebSocketMessage> actual;

	private long requested;

	/** Whether this is the first to subscribe; in any thread. */
	boolean claim() {
		return this.claimed.compareAndSet(false, true);
	}

	/** Whether somebody has subscribed, or is about to. */
	boolean isClaimed() {
		return this.claimed.get();
	}

	void begin(CoreSubscriber<? super WebSocketMessage> actual, Subscription subscription) {
		this.actual = actual;
		actual.onSubscribe(subscription);
	}

	void request(long n) {
		this.requested = Operators.addCap(this.requested, n);
	}

	/** Whether it has asked for more than it was given. */
	boolean hasDemand() {
		return this.requested > 0;
	}

	/** Whether a message can be emitted now. */
	boolean isReady() {
		return this.requested > 0 && this.actual != null;
	}

	/** Emits a message, if there still is a subscriber. */
	void next(WebSocketMessage message) {
		if (this.requested != Long.MAX_VALUE) {
			this.requested--;
		}
		if (this.actual != null) {
			this.actual.onNext(message);
		}
	}

	void cancel() {
		this.actual = null;
	}

	/**
	 * Emits the last signal.
	 * @param failure an error, or null if the stream completes
	 */
	void terminate(@Nullable Throwable failure) {
		CoreSubscriber<? super WebSocketMessage> last = this.actual;
		this.actual = null;
		if (last != null && failure != null) {
			last.onError(failure);
		}
		else if (last != null) {
			last.onComplete();
		}
	}

}
