package wsecho.websocket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One task that is run when a wait has lasted too long. */
public final class Deadline {

	private final EventLoop loop;

	private @Nullable ScheduledFuture<?> task;

	/** One that is not set. */
	public Deadline(EventLoop loop) {
		this.loop = loop;
	}

	/** Sets it anew. */
	public void in(Duration time, Runnable task) {
		cancel();
		this.task = this.loop.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** Sets it anew, unless it is sooner already. */
	void noLaterThan(Duration time, Runnable task) {
		if (this.task == null || this.task.getDelay(TimeUnit.NANOSECONDS) > time.toNanos()) {
			in(time, task);
		}
	}

	/** Leaves the task undone. */
	public void cancel() {
		if (this.task != null) {
			this.task.cancel(false);
		}
	}

}
