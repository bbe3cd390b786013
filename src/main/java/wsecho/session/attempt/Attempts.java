package wsecho.session.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/** The attempts of late, by their names. */
final class Attempts {

	private static final int MAX_ARRIVALS = 2_000;

	private static final int MAX_OF_ONE = 16;

	private static final long MAX_AGE = Duration.ofMinutes(10).toNanos();

	private final LongSupplier nanoTime;

	/** The oldest first. */
	private final Map<String, Known> attempts = new LinkedHashMap<>();

	private int arrivals;

	/**
	 * None so far.
	 * @param nanoTime the clock by which they are forgotten, monotonic, in nanoseconds
	 */
	Attempts(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Adds a request.
	 * @param name of its attempt
	 * @param arrival the request
	 * @return to be given its answer
	 */
	synchronized AtomicReference<Arrival> add(String name, Arrival arrival) {
		AtomicReference<Arrival> added = new AtomicReference<>(arrival);
		Known attempt = this.attempts.computeIfAbsent(name, (key) -> new Known(this.nanoTime.getAsLong()));
		attempt.count++;
		if (attempt.first.size() < MAX_OF_ONE) {
			attempt.first.add(added);
			this.arrivals++;
		}
		forget();
		return added;
	}

	/** What is known of an attempt, or null. */
	synchronized @Nullable AttemptReport find(String name) {
		forget();
		Known attempt = this.attempts.get(name);
		return (attempt != null)
				? new AttemptReport(name, attempt.count, attempt.first.stream().map(AtomicReference::get).toList())
				: null;
	}

	private void forget() {
		long now = this.nanoTime.getAsLong();
		Iterator<Known> oldest = this.attempts.values().iterator();
		while (oldest.hasNext()) {
			Known attempt = oldest.next();
			if (this.arrivals <= MAX_ARRIVALS && now - attempt.began <= MAX_AGE) {
				return;
			}
			this.arrivals -= attempt.first.size();
			oldest.remove();
		}
	}

	private static final class Known {

		private final long began;

		private final List<AtomicReference<Arrival>> first = new ArrayList<>(1);

		private int count;

		private Known(long began) {
			this.began = began;
		}

	}

}
