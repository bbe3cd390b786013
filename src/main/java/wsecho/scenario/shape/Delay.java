package wsecho.scenario.shape;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import org.reactivestreams.Subscription;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.util.context.Context;
import wsecho.websocket.Fragments;

/**
 * Holds each message for a while, counted from its own arrival: a thousand that come at
 * once leave at once. What is held is bounded in bytes: while it is that much no more is
 * requested. When the source completes, what is held is still sent in its time; when it
 * fails, or on a cancel, it is released.
 * <p>
 * Not thread-safe: all signals have to come in the thread of the session's scheduler.
 */
public final class Delay extends BaseSubscriber<WebSocketMessage> {

	// of a message beside its payload: the objects that stand for it
	private static final int OVERHEAD = 256;

	private final FluxSink<WebSocketMessage> sink;

	private final SessionClock clock;

	private final long delay;

	private final long bound;

	private final Queue<Held> queue = new ArrayDeque<>();

	private final Disposable.Swap timer = Disposables.swap();

	private long held;

	/** Whether the source owes a message. */
	private boolean requested;

	private boolean timed;

	private boolean sending;

	private boolean completing;

	private Delay(FluxSink<WebSocketMessage> sink, SessionClock clock, long delay, long bound) {
		this.sink = sink;
		this.clock = clock;
		this.delay = delay;
		this.bound = bound;
	}

	/**
	 * Delays messages.
	 * @param source the messages
	 * @param delay how long each is held
	 * @param bound how much may be held at once, exceeded by one message at most
	 * @param clock tells the time
	 */
	public static Flux<WebSocketMessage> of(Flux<WebSocketMessage> source, Duration delay, DataSize bound,
			SessionClock clock) {
		// nothing is emitted that is not requested, so that the sink buffers nothing
		return Flux.create((sink) -> {
			Delay held = new Delay(sink, clock, delay.toNanos(), bound.toBytes());
			sink.onDispose(held::release);
			source.subscribe(held);
			sink.onRequest((n) -> held.send());
		}, OverflowStrategy.IGNORE);
	}

	@Override
	public Context currentContext() {
		return Context.of(this.sink.contextView());
	}

	@Override
	protected void hookOnSubscribe(Subscription source) {
		requestNext();
	}

	@Override
	protected void hookOnNext(WebSocketMessage message) {
		this.requested = false;
		if (this.sink.isCancelled()) {
			message.release();
			return;
		}
		Held last = new Held(Fragments.copy(message), this.clock.now() + this.delay);
		this.queue.add(last);
		this.held += last.cost();
		send();
		requestNext();
	}

	@Override
	protected void hookOnComplete() {
		this.completing = true;
		send();
	}

	@Override
	protected void hookOnError(Throwable failure) {
		this.sink.error(failure);
	}

	// the subscriber may request more while it is handed a message
	private void send() {
		if (this.sending) {
			return;
		}
		this.sending = true;
		while (isFirstDue()) {
			sendFirst();
		}
		this.sending = false;
		if (this.queue.isEmpty() && this.completing) {
			this.sink.complete();
		}
		else if (!this.queue.isEmpty() && this.sink.requestedFromDownstream() > 0) {
			wakeFor(this.queue.element());
		}
	}

	private boolean isFirstDue() {
		return this.sink.requestedFromDownstream() > 0 && !this.queue.isEmpty()
				&& this.queue.element().due - this.clock.now() <= 0;
	}

	private void sendFirst() {
		Held first = this.queue.remove();
		this.held -= first.cost();
		this.sink.next(first.message);
		requestNext();
	}

	private void wakeFor(Held first) {
		if (!this.timed) {
			this.timed = true;
			this.timer.update(this.clock.runAt(first.due, this::wake));
		}
	}

	private void wake() {
		this.timed = false;
		send();
	}

	private void requestNext() {
		if (!this.requested && this.held < this.bound) {
			this.requested = true;
			request(1);
		}
	}

	private void release() {
		cancel();
		this.timer.dispose();
		this.queue.forEach((each) -> each.message.release());
		this.queue.clear();
	}

	/**
	 * A message, and when it is to leave.
	 */
	private record Held(WebSocketMessage message, long due) {

		int cost() {
			return this.message.getPayload().readableByteCount() + OVERHEAD;
		}

	}

}
