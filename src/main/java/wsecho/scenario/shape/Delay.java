package wsecho.scenario.shape;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;
import wsecho.websocket.Fragments;

/**
 * Holds each message for a while, counted from its own arrival: a thousand that come at
 * once leave at once. What is held is bounded in bytes: while it is that much no more is
 * asked for. When the source completes, what is held is still sent in its time; when it
 * fails, or on a cancel, it is released.
 */
public final class Delay extends FluxOperator<WebSocketMessage, WebSocketMessage> {

	// of a message beside its payload: the objects that stand for it
	private static final int OVERHEAD = 256;

	private final Duration delay;

	private final long bound;

	private Delay(Flux<WebSocketMessage> source, Duration delay, long bound) {
		super(source);
		this.delay = delay;
		this.bound = bound;
	}

	/**
	 * Delays messages.
	 * @param source the messages
	 * @param delay how long each is held
	 * @param bound how much may be held at once, exceeded by one message at most
	 */
	public static Flux<WebSocketMessage> of(Flux<WebSocketMessage> source, Duration delay, DataSize bound) {
		return new Delay(source, delay, bound.toBytes());
	}

	@Override
	public void subscribe(CoreSubscriber<? super WebSocketMessage> actual) {
		this.source.subscribe(new Holder(actual, Schedulers.parallel(), this.delay.toNanos(), this.bound));
	}

	/**
	 * A message, and when it is to leave.
	 */
	private record Held(WebSocketMessage message, int cost, long due) {

	}

	private static final class Holder implements CoreSubscriber<WebSocketMessage>, Subscription {

		private final CoreSubscriber<? super WebSocketMessage> actual;

		private final Scheduler scheduler;

		private final long delay;

		private final long bound;

		// one puts in, whoever drains takes out
		private final Queue<Held> queue = Queues.<Held>unbounded().get();

		private final AtomicLong held = new AtomicLong();

		private final AtomicLong requested = new AtomicLong();

		/** How often a drain was asked for since nobody was at it. */
		private final AtomicInteger drains = new AtomicInteger();

		private final Disposable.Swap timer = Disposables.swap();

		@SuppressWarnings("NullAway.Init")
		private Subscription source;

		private volatile boolean timed;

		private volatile boolean done;

		private volatile boolean cancelled;

		private @Nullable Throwable failure;

		Holder(CoreSubscriber<? super WebSocketMessage> actual, Scheduler scheduler, long delay, long bound) {
			this.actual = actual;
			this.scheduler = scheduler;
			this.delay = delay;
			this.bound = bound;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription source) {
			if (Operators.validate(this.source, source)) {
				this.source = source;
				this.actual.onSubscribe(this);
				source.request(1);
			}
		}

		@Override
		public void onNext(WebSocketMessage message) {
			WebSocketMessage copy = Fragments.copy(message);
			int cost = copy.getPayload().readableByteCount() + OVERHEAD;
			this.queue.add(new Held(copy, cost, this.scheduler.now(TimeUnit.NANOSECONDS) + this.delay));
			boolean full = this.held.addAndGet(cost) >= this.bound;
			drain();
			if (!full) {
				this.source.request(1);
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.failure = failure;
			this.done = true;
			drain();
		}

		@Override
		public void onComplete() {
			this.done = true;
			drain();
		}

		@Override
		public void request(long n) {
			if (Operators.validate(n)) {
				this.requested.getAndAccumulate(n, Operators::addCap);
				drain();
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			this.source.cancel();
			this.timer.dispose();
			drain();
		}

		private void drain() {
			if (this.drains.getAndIncrement() != 0) {
				return;
			}
			int seen = 1;
			do {
				while (sendNext()) {
				}
				seen = this.drains.addAndGet(-seen);
			}
			while (seen != 0);
		}

		/**
		 * Sends the first that is held.
		 * @return whether that could be done, and the next may be tried
		 */
		private boolean sendNext() {
			if (this.cancelled || (this.done && this.failure != null)) {
				abandon();
				return false;
			}
			// before the queue, to which nothing is added after it
			boolean last = this.done;
			Held first = this.queue.peek();
			if (first == null) {
				if (last) {
					this.cancelled = true;
					this.actual.onComplete();
				}
				return false;
			}
			return this.requested.get() > 0 && isDue(first) && send(first);
		}

		private boolean isDue(Held first) {
			long wait = first.due - this.scheduler.now(TimeUnit.NANOSECONDS);
			if (wait > 0 && !this.timed) {
				this.timed = true;
				this.timer.update(this.scheduler.schedule(this::wake, wait, TimeUnit.NANOSECONDS));
			}
			return wait <= 0;
		}

		private void wake() {
			this.timed = false;
			drain();
		}

		private boolean send(Held first) {
			this.queue.remove();
			if (this.requested.get() != Long.MAX_VALUE) {
				this.requested.decrementAndGet();
			}
			this.actual.onNext(first.message);
			long before = this.held.getAndAdd(-first.cost);
			if (before >= this.bound && before - first.cost < this.bound) {
				this.source.request(1);
			}
			return true;
		}

		private void abandon() {
			for (Held each = this.queue.poll(); each != null; each = this.queue.poll()) {
				each.message.release();
			}
			if (!this.cancelled && this.failure != null) {
				this.cancelled = true;
				this.actual.onError(this.failure);
			}
		}

	}

}
