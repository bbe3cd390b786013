package wsecho.session.drain;

import java.time.Duration;

/**
 * When a session is closed in a drain.
 *
 * @param delay how long after the beginning of the drain
 * @param patience how long its Close may wait for the replies that are owed
 */
record DrainSlot(Duration delay, Duration patience) {

	private static final Duration MIN_PATIENCE = Duration.ofSeconds(1);

	/**
	 * Spreads the sessions evenly over the window. One whose replies are held is closed
	 * as early as they need to be sent within it.
	 * @param window how long the drain takes
	 * @param index the place of the session among all, from 0
	 * @param count how many there are
	 * @param replyTime how long the replies of the session may take
	 */
	static DrainSlot of(Duration window, int index, int count, Duration replyTime) {
		Duration delay = window.multipliedBy(index).dividedBy(count);
		if (replyTime.compareTo(MIN_PATIENCE) > 0) {
			delay = max(Duration.ZERO, min(delay, window.minus(replyTime)));
		}
		return new DrainSlot(delay, max(MIN_PATIENCE, min(replyTime, window.minus(delay))));
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
