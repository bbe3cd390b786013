package wsecho.websocket;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The messages of a {@link FrameSource} for its one subscriber, who subscribes, asks for
 * them and cancels in any thread. All of that is handed over to the event loop.
 */
final class ReceivedMessages extends Flux<WebSocketMessage> implements Subscription {

	private final EventLoop loop;

	private final FrameSource source;

	private final AtomicBoolean claimed = new AtomicBoolean();

	private @Nullable CoreSubscriber<? super WebSocketMessage> actual;

	private long requested;

	ReceivedMessages(EventLoop loop, FrameSource source) {
		this.loop = loop;
		this.source = source;
	}

	@Override
	public void subscribe(CoreSubscriber<? super WebSocketMessage> actual) {
		if (this.claimed.compareAndSet(false, true)) {
			Handover.to(this.loop, () -> begin(actual));
		}
		else {
			Operators.error(actual, new IllegalStateException("A session's messages can be received only once"));
		}
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			if (this.loop.inEventLoop()) {
				demand(n);
			}
			else {
				this.loop.execute(() -> demand(n));
			}
		}
	}

	@Override
	public void cancel() {
		Handover.to(this.loop, () -> {
			this.actual = null;
			this.source.discard();
		});
	}

	private void begin(CoreSubscriber<? super WebSocketMessage> actual) {
		this.actual = actual;
		actual.onSubscribe(this);
		this.source.subscribed();
	}

	private void demand(long n) {
		this.requested = Operators.addCap(this.requested, n);
		this.source.drain();
	}

	/** Whether the subscriber, who may be about to come, has asked for no more. */
	boolean isHeldOff() {
		return this.requested == 0 && this.claimed.get();
	}

	/** Whether a message can be emitted now. */
	boolean isReady() {
		return this.requested > 0 && this.actual != null;
	}

	/** Emits a message, if there still is a subscriber. */
	void emit(WebSocketMessage message) {
		if (this.requested != Long.MAX_VALUE) {
			this.requested--;
		}
		if (this.actual != null) {
			this.actual.onNext(message);
		}
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
