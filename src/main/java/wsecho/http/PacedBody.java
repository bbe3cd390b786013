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

	private final ResponseSession session;

	private @Nullable Subscription source;

	private long demand;

	/** Whether a piece is asked for. */
	private boolean requested;

	private boolean asking;

	private boolean done;

	private PacedBody(CoreSubscriber<? super DataBuffer> actual, ResponseSession session) {
		this.actual = actual;
		this.session = session;
	}

	/**
	 * Paces a body.
	 * @param pieces of the body
	 * @param session whose response it is
	 */
	static Flux<DataBuffer> of(Flux<DataBuffer> pieces, ResponseSession session) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
				PacedBody body = new PacedBody(actual, session);
				session.sends(body);
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

	/**
	 * Sends a piece that is none of the body's, if one can be sent now.
	 * @return whether it is sent; if not it is still the caller's
	 */
	boolean trySend(DataBuffer piece) {
		boolean possible = !this.done && this.demand > 0 && this.session.isWritable();
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
		while (!this.requested && !this.done && this.demand > 0 && this.source != null && this.session.isWritable()) {
			this.requested = true;
			this.source.request(1);
		}
		this.asking = false;
	}

	private void emit(DataBuffer piece) {
		this.demand--;
		this.session.sending(piece.readableByteCount());
		this.actual.onNext(piece);
	}

}
