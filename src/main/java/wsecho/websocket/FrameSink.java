package wsecho.websocket;

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
 */
final class FrameSink implements CoreSubscriber<WebSocketMessage>, Subscription {

	private final ChannelEnd end;

	private final CoreSubscriber<? super Void> actual;

	@SuppressWarnings("NullAway.Init")
	private Subscription source;

	private @Nullable FrameSink next;

	/** Came in another thread and is on its way to the event loop. */
	private volatile @Nullable WebSocketMessage crossing;

	private boolean waiting;

	private boolean done;

	private FrameSink(ChannelEnd end, CoreSubscriber<? super Void> actual) {
		this.end = end;
		this.actual = actual;
	}

	/**
	 * Sends messages.
	 * @param end where to
	 * @param messages the messages
	 * @return completes when all of them have gone to the network, or the session ends
	 */
	static Mono<Void> send(ChannelEnd end, Publisher<WebSocketMessage> messages) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Void> actual) {
				Flux.from(messages).subscribe(new FrameSink(end, actual));
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
			this.end.execute(this::start);
		}
	}

	@Override
	public void onNext(WebSocketMessage message) {
		if (this.end.inEventLoop() && this.crossing == null) {
			write(message);
		}
		else {
			this.crossing = message;
			this.end.execute(this::cross);
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.end.execute(() -> {
			if (finish()) {
				this.actual.onError(failure);
			}
		});
	}

	@Override
	public void onComplete() {
		this.end.execute(() -> {
			if (!this.done) {
				this.end.whenWritten(this::end);
			}
		});
	}

	// of the Mono that send() returns: nothing is emitted
	@Override
	public void request(long n) {
	}

	@Override
	public void cancel() {
		this.source.cancel();
		this.end.execute(this::finish);
	}

	/** The channel can be written to again. */
	void resume() {
		if (this.waiting) {
			this.waiting = false;
			this.source.request(1);
		}
	}

	/** Completes: all is written, or the session has ended. */
	void end() {
		if (finish()) {
			this.source.cancel();
			this.actual.onComplete();
		}
	}

	private void start() {
		if (!this.end.channel().isActive()) {
			end();
			return;
		}
		this.end.senders().add(this);
		this.waiting = true;
		if (this.end.isWritable()) {
			resume();
		}
	}

	private void cross() {
		WebSocketMessage message = this.crossing;
		this.crossing = null;
		if (message != null) {
			write(message);
		}
	}

	private void write(WebSocketMessage message) {
		if (this.done) {
			message.release();
			return;
		}
		try {
			this.end.write(message);
		}
		catch (IllegalArgumentException ex) {
			this.source.cancel();
			onError(ex);
			return;
		}
		if (this.end.makeWritable()) {
			this.source.request(1);
		}
		else {
			this.waiting = true;
		}
	}

	private boolean finish() {
		boolean first = !this.done;
		this.done = true;
		this.end.senders().remove(this);
		return first;
	}

}
