package wsecho.signalr.hub;

import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** What a connection is to do later, until it ends. */
final class Timers {

	private final Scheduler loop;

	private final Disposable.Composite planned = Disposables.composite();

	Timers(Scheduler loop) {
		this.loop = loop;
	}

	/** Runs a task in the thread of the connection. */
	void after(long nanos, Runnable task) {
		Disposable.Swap timer = Disposables.swap();
		this.planned.add(timer);
		timer.update(this.loop.schedule(() -> {
			this.planned.remove(timer);
			task.run();
		}, nanos, TimeUnit.NANOSECONDS));
	}

	/** The time by the clock of the connection, in nanoseconds. */
	long now() {
		return this.loop.now(TimeUnit.NANOSECONDS);
	}

	void stop() {
		this.planned.dispose();
	}

}
