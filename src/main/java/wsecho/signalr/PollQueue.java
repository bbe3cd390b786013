package wsecho.signalr;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import wsecho.websocket.HeldMemory;

/**
 * Hands what a connection sends to the polls of its client: one batch each, which is
 * asked for when there is a poll. Belongs to the thread of the connection.
 */
final class PollQueue extends BaseSubscriber<WebSocketMessage> {

	private final Scheduler loop;

	private final HeldMemory memory;

	private final Duration patience;

	/** What polls are answered with when the connection has ended. */
	private final PollResult last;

	/** Run when a poll has been answered with that. */
	private final Runnable over;

	private boolean first = true;

	private boolean requested;

	private boolean completed;

	/** The poll that waits, or null. */
	private @Nullable MonoSink<PollResult> waiting;

	/** Whose poll it is. */
	private @Nullable Object owner;

	/** Came when no poll waited any more; or null. */
	private @Nullable WebSocketMessage ready;

	private Disposable timer = Disposables.disposed();

	/**
	 * A queue that no poll has come to.
	 * @param loop the thread of the connection
	 * @param memory is told what waits for the next poll
	 * @param patience how long a poll is held
	 * @param last what polls are answered with when the connection has ended
	 * @param over run when a poll has been answered with that
	 */
	PollQueue(Scheduler loop, HeldMemory memory, Duration patience, PollResult last, Runnable over) {
		this.loop = loop;
		this.memory = memory;
		this.patience = patience;
		this.last = last;
		this.over = over;
	}

	/** Whether no poll has come yet. */
	boolean isNew() {
		return this.first;
	}

	/**
	 * A poll has come, and ends the one that waits.
	 * @param owner may be lost
	 * @param poll takes the answer
	 */
	void poll(Object owner, MonoSink<PollResult> poll) {
		answer(PollResult.OVER);
		if (this.first) {
			// only then may the client send
			this.first = false;
			poll.success(PollResult.EMPTY);
			return;
		}
		this.waiting = poll;
		this.owner = owner;
		this.timer = this.loop.schedule(() -> answer(PollResult.EMPTY), this.patience.toNanos(), TimeUnit.NANOSECONDS);
		serve();
	}

	/** The one who has polled is gone. */
	void lost(Object owner) {
		if (this.owner == owner) {
			this.waiting = null;
			this.owner = null;
			this.timer.dispose();
		}
	}

	/** Whether nothing waits for the client any more. */
	boolean isDone() {
		return this.completed && this.ready == null;
	}

	/** The connection has ended: nobody is answered but with that. */
	void end() {
		cancel();
		this.completed = true;
		keep(null);
		answer(PollResult.OVER);
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
	}

	@Override
	protected void hookOnNext(WebSocketMessage batch) {
		this.requested = false;
		keep(batch);
		serve();
	}

	@Override
	protected void hookOnComplete() {
		this.completed = true;
		serve();
	}

	private void serve() {
		WebSocketMessage batch = this.ready;
		if (this.waiting == null) {
			return;
		}
		if (batch != null) {
			this.ready = null;
			this.memory.add(-batch.getPayload().readableByteCount());
			answer(PollResult.of(batch));
		}
		else if (this.completed) {
			answer(this.last);
			this.over.run();
		}
		else if (!this.requested) {
			this.requested = true;
			request(1);
		}
	}

	private void answer(PollResult result) {
		MonoSink<PollResult> poll = this.waiting;
		if (poll != null) {
			this.waiting = null;
			this.owner = null;
			this.timer.dispose();
			poll.success(result);
		}
	}

	private void keep(@Nullable WebSocketMessage batch) {
		WebSocketMessage before = this.ready;
		if (before != null) {
			this.memory.add(-before.getPayload().readableByteCount());
			before.release();
		}
		this.ready = batch;
		if (batch != null) {
			this.memory.add(batch.getPayload().readableByteCount());
		}
	}

}
