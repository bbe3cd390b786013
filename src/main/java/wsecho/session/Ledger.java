package wsecho.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/** The sessions that have ended recently, and how. */
final class Ledger {

	private static final int MAX_SESSIONS = 10_000;

	private static final long MAX_AGE = Duration.ofHours(1).toNanos();

	private final LongSupplier nanoTime;

	private final Map<SessionId, EndedSession> sessions = new HashMap<>();

	/** The same, the last first. */
	private final Deque<Entry> entries = new ArrayDeque<>();

	/**
	 * An empty ledger.
	 * @param nanoTime the clock by which sessions are forgotten, monotonic, in
	 * nanoseconds
	 */
	Ledger(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	synchronized void add(EndedSession session) {
		this.sessions.put(session.id(), session);
		this.entries.addFirst(new Entry(session, this.nanoTime.getAsLong()));
		forget();
	}

	synchronized @Nullable EndedSession find(SessionId id) {
		forget();
		return this.sessions.get(id);
	}

	synchronized int size() {
		forget();
		return this.entries.size();
	}

	/**
	 * Some of them, the last first.
	 * @param offset how many are left out first
	 * @param limit how many there are at most
	 */
	synchronized List<EndedSession> list(int offset, int limit) {
		forget();
		return this.entries.stream().skip(offset).limit(limit).map(Entry::session).toList();
	}

	private void forget() {
		long now = this.nanoTime.getAsLong();
		while (this.entries.size() > MAX_SESSIONS
				|| (!this.entries.isEmpty() && now - this.entries.getLast().added() > MAX_AGE)) {
			this.sessions.remove(this.entries.removeLast().session().id());
		}
	}

	private record Entry(EndedSession session, long added) {

	}

}
