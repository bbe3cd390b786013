package wsecho.scenario.shape;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import org.reactivestreams.Subscription;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import wsecho.websocket.Fragments;
import wsecho.websocket.HeldMemory;

/**
 * Delays each message, counted from its own arrival: a thousand that arrive at once leave
 * at once. The bytes held are bounded: at the bound nothing more is requested, nor while
 * memory is tight and something is held. When the source completes, the messages held are
 * still sent when they are due; on an error or a cancel they are released.
 * <p>
 * Not thread-safe: all signals have to come in the thread of the scheduler.
 */
public final class Delay extends BaseSubscriber<WebSocketMessage> {

	// an estimate, in bytes, of the objects that a message is besides its payload
	private static final int OVERHEAD = 256;

	private final FluxSink<WebSocketMessage> sink;

	private final Scheduler scheduler;

	private final long delay;

	private final long bound;

	private final HeldMemory memory;

	private final Queue<Held> queue = new ArrayDeque<>();

	private final Disposable.Swap timer = Disposables.swap();

	private long held;

	/** Whether a message is requested of the source. */
	private boolean requested;

	private boolean timed;

	private boolean sending;

	private boolean completing;

	private Delay(FluxSink<WebSocketMessage> sink, Scheduler scheduler, long delay, long bound, HeldMemory memory) {
		this.sink = sink;
		this.scheduler = scheduler;
		this.delay = delay;
		this.bound = bound;
		this.memory = memory;
	}

	/**
	 * Delays messages.
	 * @param source the messages
	 * @param delay how long each is held
	 * @param bound how many bytes may be held, exceeded by one message at most
	 * @param scheduler tells the time
	 * @param memory is told what is held
	 */
	public static Flux<WebSocketMessage> of(Flux<WebSocketMessage> source, Duration delay, DataSize bound,
			Scheduler scheduler, HeldMemory memory) {
		// nothing is emitted that is not requested, so that the sink buffers nothing
		return Flux.create((sink) -> {
			Delay held = new Delay(sink, scheduler, delay.toNanos(), bound.toBytes(), memory);
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
		Held last = new Held(Fragments.copy(message), now() + this.delay);
		this.queue.add(last);
		hold(last.cost());
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
				&& this.queue.element().due - now() <= 0;
	}

	private void sendFirst() {
		Held first = this.queue.remove();
		hold(-first.cost());
		this.sink.next(first.message);
		requestNext();
	}

	private void wakeFor(Held first) {
		if (!this.timed) {
			this.timed = true;
			long wait = Math.max(0, first.due - now());
			this.timer.update(this.scheduler.schedule(this::wake, wait, TimeUnit.NANOSECONDS));
		}
	}

	private void wake() {
		this.timed = false;
		send();
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private void requestNext() {
		if (!this.requested && mayHoldMore()) {
			this.requested = true;
			request(1);
		}
	}

	// with nothing held there is nothing whose end would request more later
	private boolean mayHoldMore() {
		return this.held == 0 || (this.held < this.bound && !this.memory.isTight());
	}

	private void hold(int bytes) {
		this.held += bytes;
		this.memory.add(bytes);
	}

	private void release() {
		cancel();
		this.timer.dispose();
		this.queue.forEach((each) -> each.message.release());
		this.queue.clear();
		this.memory.add(-this.held);
		this.held = 0;
	}

	/**
	 * A message, and when it is due.
	 */
	private record Held(WebSocketMessage message, long due) {

		int cost() {
			return this.message.getPayload().readableByteCount() + OVERHEAD;
		}

	}

}
