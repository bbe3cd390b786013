package wsecho.websocket;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * What a session sends. It asks its source for one message at a time, and only while the
 * channel is writable: how many are under way follows from their bytes.
 * <p>
 * A source may signal in any thread. Each signal is handed over to the event loop, and
 * none overtakes another: not the completion that comes in the event loop the message
 * that is still on its way there.
 */
final class FrameSink implements CoreSubscriber<WebSocketMessage>, Subscription {

	private static final AtomicIntegerFieldUpdater<FrameSink> CROSSING = AtomicIntegerFieldUpdater
		.newUpdater(FrameSink.class, "crossing");

	private final FrameSinks sinks;

	private final CoreSubscriber<? super Void> actual;

	@SuppressWarnings("NullAway.Init")
	private Subscription source;

	private @Nullable FrameSink next;

	/** How many signals are on their way to the event loop. */
	private volatile int crossing;

	private boolean waiting;

	private boolean done;

	private FrameSink(FrameSinks sinks, CoreSubscriber<? super Void> actual) {
		this.sinks = sinks;
		this.actual = actual;
	}

	/**
	 * Sends messages.
	 * @param sinks of the session
	 * @param messages the messages
	 * @return completes when all of them have gone to the network, or the session ends
	 */
	static Mono<Void> send(FrameSinks sinks, Publisher<WebSocketMessage> messages) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Void> actual) {
				Flux.from(messages).subscribe(new FrameSink(sinks, actual));
			}

		};
	}

	@Nullable FrameSink next() {
		return this.next;
	}

	void next(@Nullable FrameSink next) {
		this.next = next;
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
			inOrder(this::start);
		}
	}

	@Override
	public void onNext(WebSocketMessage message) {
		if (isDirect()) {
			write(message);
		}
		else {
			cross(() -> write(message));
		}
	}

	@Override
	public void onError(Throwable failure) {
		inOrder(() -> fail(failure));
	}

	@Override
	public void onComplete() {
		inOrder(() -> {
			if (!this.done) {
				this.sinks.output().whenWritten(this::end);
			}
		});
	}

	// of the Mono that send() returns: nothing is emitted
	@Override
	public void request(long n) {
	}

	@Override
	public void cancel() {
		inOrder(() -> {
			this.source.cancel();
			finish();
		});
	}

	/** The channel can be written to again. */
	void resume() {
		if (this.waiting) {
			this.waiting = false;
			this.source.request(1);
		}
	}

	/** Completes: all is written, or nothing may be sent any more. */
	void end() {
		if (finish()) {
			this.source.cancel();
			this.actual.onComplete();
		}
	}

	private void start() {
		if (!this.sinks.add(this)) {
			end();
			return;
		}
		this.waiting = true;
		if (this.sinks.output().isWritable()) {
			resume();
		}
	}

	private void write(WebSocketMessage message) {
		if (this.done) {
			message.release();
			return;
		}
		try {
			this.sinks.write(message);
		}
		catch (IllegalArgumentException ex) {
			this.source.cancel();
			fail(ex);
			return;
		}
		if (this.sinks.output().makeWritable()) {
			this.source.request(1);
		}
		else {
			this.waiting = true;
		}
	}

	private void fail(Throwable failure) {
		if (finish()) {
			this.actual.onError(failure);
		}
	}

	private boolean finish() {
		assert this.sinks.loop().inEventLoop();
		boolean first = !this.done;
		this.done = true;
		this.sinks.remove(this);
		return first;
	}

	private boolean isDirect() {
		return this.sinks.loop().inEventLoop() && this.crossing == 0;
	}

	private void inOrder(Runnable signal) {
		if (isDirect()) {
			signal.run();
		}
		else {
			cross(signal);
		}
	}

	private void cross(Runnable signal) {
		CROSSING.incrementAndGet(this);
		this.sinks.loop().execute(() -> {
			CROSSING.decrementAndGet(this);
			signal.run();
		});
	}

}
