package wsecho.signalr;

import java.time.Duration;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Comparator;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The tokens whose connections have ended, as long as they are not too old to connect
 * with. When there are more of them than are kept, all that are as old as the oldest are
 * refused, the unused ones too: none is ever taken twice.
 */
final class SpentTokens {

	/** How long after its negotiation a connection may begin. */
	static final Duration MOST_AGE = Duration.ofSeconds(15);

	private static final int MOST = 10_000;

	private final PriorityQueue<Spent> oldest = new PriorityQueue<>(Comparator.comparingLong(Spent::order));

	private final Set<String> ids = new HashSet<>();

	private final LongSupplier nanoTime;

	private final long start;

	/** Tokens up to here are too old, whatever the time; since the start. */
	private long floor = Long.MIN_VALUE;

	/**
	 * None so far.
	 * @param nanoTime the clock that tokens are issued by
	 */
	SpentTokens(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.start = nanoTime.getAsLong();
	}

	/** Whether a token is too old to connect with. */
	synchronized boolean isTooOld(ConnectionToken token) {
		return token.age(this.nanoTime.getAsLong()) > MOST_AGE.toNanos() || token.issued() - this.start <= this.floor;
	}

	/** Whether a token has been connected with, and the connection is over. */
	synchronized boolean isSpent(ConnectionToken token) {
		return this.ids.contains(token.id());
	}

	/** A connection has ended. */
	synchronized void add(ConnectionToken token) {
		forget();
		if (!isTooOld(token) && this.ids.add(token.id())) {
			this.oldest.add(new Spent(token.id(), token.issued() - this.start));
		}
		if (this.ids.size() > MOST) {
			this.floor = remove();
		}
	}

	private void forget() {
		long until = this.nanoTime.getAsLong() - this.start - MOST_AGE.toNanos();
		while (!this.oldest.isEmpty() && this.oldest.element().order() < until) {
			remove();
		}
	}

	private long remove() {
		Spent first = this.oldest.remove();
		this.ids.remove(first.id());
		return first.order();
	}

	private record Spent(String id, long order) {

	}

}
