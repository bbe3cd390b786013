package wsecho.signalr.hub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import wsecho.signalr.protocol.JsonValue;

/** A stream of numbers from 1 on. None is made before there is room for it. */
final class Counting {

	private final Call call;

	private final long items;

	private final long every;

	private final Scheduler loop;

	private final Runnable due;

	private Disposable timer = Disposables.disposed();

	private long sent;

	private boolean isDue = true;

	private boolean stopped;

	/**
	 * Begins to count.
	 * @param call is answered with the numbers
	 * @param items how many there are
	 * @param every the interval; 0 for as fast as the client takes them
	 * @param loop tells the time
	 * @param due run when there is an item
	 */
	Counting(Call call, long items, Duration every, Scheduler loop, Runnable due) {
		this.call = call;
		this.items = items;
		this.every = every.toMillis();
		this.loop = loop;
		this.due = due;
	}

	/**
	 * Sends what is due.
	 * @return whether that was the last of it
	 */
	boolean advance(Outbox outbox) {
		while (!this.stopped && this.isDue && this.sent < this.items && outbox.hasRoom()) {
			this.call.item(JsonValue.ofText("" + ++this.sent));
			this.isDue = this.every == 0;
			if (!this.isDue && this.sent < this.items) {
				this.timer = this.loop.schedule(this::wake, this.every, TimeUnit.MILLISECONDS);
			}
		}
		boolean done = this.sent == this.items;
		if (done) {
			this.call.complete();
		}
		return done;
	}

	/** What is kept of the call, in bytes. */
	int size() {
		return this.call.size();
	}

	/** The client wants no more. */
	void cancel() {
		stop();
		this.call.complete();
	}

	void stop() {
		this.stopped = true;
		this.timer.dispose();
	}

	private void wake() {
		this.isDue = true;
		this.due.run();
	}

}
