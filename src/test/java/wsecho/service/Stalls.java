package wsecho.service;

import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * When this process did not run: a collection of its own, or a machine that has others to
 * serve. What a client measures then is not the server's.
 */
final class Stalls implements AutoCloseable {

	private static final long PERIOD_NANOS = 5_000_000;

	/** From when it should have run until it did, of {@link System#nanoTime}. */
	private final ConcurrentNavigableMap<Long, Long> stalls = new ConcurrentSkipListMap<>();

	private final Thread thread = new Thread(this::watch, "stalls");

	private volatile boolean closed;

	/** Begins to watch. */
	Stalls() {
		this.thread.start();
	}

	/** How much of a time there were stalls, in ns. */
	long within(long from, long to) {
		long stalled = 0;
		for (Map.Entry<Long, Long> stall : this.stalls.headMap(to).descendingMap().entrySet()) {
			if (stall.getValue() <= from) {
				break;
			}
			stalled += Math.min(to, stall.getValue()) - Math.max(from, stall.getKey());
		}
		return stalled;
	}

	/** The longest one, in ns. */
	long longest() {
		return this.stalls.entrySet().stream().mapToLong((stall) -> stall.getValue() - stall.getKey()).max().orElse(0);
	}

	@Override
	public void close() {
		this.closed = true;
	}

	private void watch() {
		while (!this.closed) {
			long due = System.nanoTime() + PERIOD_NANOS;
			LockSupport.parkNanos(PERIOD_NANOS);
			long now = System.nanoTime();
			if (now > due) {
				this.stalls.put(due, now);
			}
		}
	}

}
