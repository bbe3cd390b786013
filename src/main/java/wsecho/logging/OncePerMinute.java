package wsecho.logging;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one log line through a minute, of a kind that clients can cause. */
public final class OncePerMinute {

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE);

	/** Whether it is this caller's turn. */
	public boolean isDue() {
		long before = this.last.get();
		long now = System.nanoTime();
		return now - before >= MINUTE && this.last.compareAndSet(before, now);
	}

}
