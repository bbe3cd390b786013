package wsecho.http;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Asks for one piece of a body at a time, and only while the channel is writable: Reactor
 * Netty asks for 128 at once, however long they are. Belongs to the event loop.
 */
final class PacedBody implements CoreSubscriber<DataBuffer>, Subscription {

	private final CoreSubscriber<? super DataBuffer> actual;

	private final BodyFlow flow;

	private @Nullable Subscription source;

	private long demand;

	/** Whether a piece is asked for. */
	private boolean requested;

	private boolean asking;

	private boolean done;

	private PacedBody(CoreSubscriber<? super DataBuffer> actual, BodyFlow flow) {
		this.actual = actual;
		this.flow = flow;
	}

	/**
	 * Paces a body.
	 * @param pieces of the body
	 * @param flow of the response
	 */
	static Flux<DataBuffer> of(Flux<DataBuffer> pieces, BodyFlow flow) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
				PacedBody body = new PacedBody(actual, flow);
				flow.sends(body);
				pieces.subscribe(body);
			}

		};
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
		}
	}

	@Override
	public void onNext(DataBuffer piece) {
		this.requested = false;
		emit(piece);
		resume();
	}

	@Override
	public void onError(Throwable failure) {
		this.done = true;
		this.actual.onError(failure);
	}

	@Override
	public void onComplete() {
		this.done = true;
		this.actual.onComplete();
	}

	@Override
	public void request(long n) {
		this.demand = Operators.addCap(this.demand, n);
		resume();
	}

	@Override
	public void cancel() {
		if (!this.done && this.source != null) {
			this.source.cancel();
		}
		this.done = true;
	}

	/** Sends a piece that is none of the body's, as {@link BodyFlow#trySend} does. */
	boolean trySend(DataBuffer piece) {
		boolean possible = !this.done && this.demand > 0 && this.flow.isWritable();
		if (possible) {
			emit(piece);
		}
		return possible;
	}

	/** The channel may have become writable. */
	void resume() {
		if (this.asking) {
			return;
		}
		this.asking = true;
		while (!this.requested && !this.done && this.demand > 0 && this.source != null && this.flow.isWritable()) {
			this.requested = true;
			this.source.request(1);
		}
		this.asking = false;
	}

	private void emit(DataBuffer piece) {
		this.demand--;
		this.flow.sending(piece.readableByteCount());
		this.actual.onNext(piece);
	}

}
