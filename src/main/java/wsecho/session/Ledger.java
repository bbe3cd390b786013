package wsecho.session;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** How the sessions ended that have ended lately. */
final class Ledger {

	private static final int MOST = 10_000;

	private static final Duration LONGEST = Duration.ofHours(1);

	private final Clock clock;

	private final Map<SessionId, EndedSession> entries = new HashMap<>();

	/** The same, the last first. */
	private final Deque<EndedSession> order = new ArrayDeque<>();

	Ledger(Clock clock) {
		this.clock = clock;
	}

	synchronized void add(EndedSession session) {
		this.entries.put(session.id(), session);
		this.order.addFirst(session);
		forget();
	}

	synchronized @Nullable EndedSession find(SessionId id) {
		forget();
		return this.entries.get(id);
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
		return this.order.stream().skip(offset).limit(limit).toList();
	}

	private void forget() {
		long oldest = this.clock.millis() - LONGEST.toMillis();
		while (!this.order.isEmpty()
				&& (this.order.size() > MOST || this.order.getLast().end().toEpochMilli() < oldest)) {
			this.entries.remove(this.order.removeLast().id());
		}
	}

}
