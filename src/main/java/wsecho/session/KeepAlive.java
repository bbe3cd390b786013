package wsecho.session;

import java.time.Duration;
import java.util.function.LongSupplier;

import reactor.core.Disposable;
import reactor.core.Disposables;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;

/**
 * Pings the client of one session when it is silent, and gives it up when it stays so.
 * All of it happens in the session's event loop, by the monotonic clock.
 */
final class KeepAlive {

	// a timer that runs later than this shows that the process was paused: whatever the
	// client sent meanwhile may not have been read yet
	private static final long PAUSE = Duration.ofMillis(500).toNanos();

	// long enough for the event loop to read what is waiting
	private static final long NEXT_TURN = 1;

	private final OpenSession session;

	private final long interval;

	private final long timeout;

	private final LongSupplier nanoTime;

	private State state = State.HEARD;

	private Disposable timer = Disposables.disposed();

	/** When the timer should run. */
	private long planned;

	/** When the last ping was written, or asked for until it is. */
	private long pinged;

	/** Whether the last ping has not been written yet. */
	private boolean unwritten;

	/** When a client that is silent is given up. */
	private long deadline;

	/** When the last pong came. */
	private long ponged;

	/**
	 * Watches a session.
	 * @param session is open
	 * @param interval how long the client may be silent before it is sent a ping
	 * @param timeout how long it may be silent after that
	 * @param nanoTime the clock of {@link OpenSession#lastHeard}
	 */
	KeepAlive(OpenSession session, Duration interval, Duration timeout, LongSupplier nanoTime) {
		this.session = session;
		this.interval = interval.toNanos();
		this.timeout = timeout.toNanos();
		this.nanoTime = nanoTime;
	}

	void start() {
		this.pinged = this.nanoTime.getAsLong();
		this.ponged = this.pinged;
		plan(this.pinged, this.interval);
	}

	/** Cancels what is planned, once the session has ended. */
	void stop() {
		this.timer.dispose();
	}

	/** The client has answered a ping, which does not put off the next one. */
	void pongReceived() {
		this.ponged = this.session.lastHeard();
	}

	private void check() {
		long now = this.nanoTime.getAsLong();
		if (!this.session.isClientAwaited()) {
			this.state = State.HEARD;
			plan(now, this.interval);
		}
		else if (this.state == State.HEARD || this.session.lastHeard() - this.pinged > 0) {
			this.state = State.HEARD;
			pingIfDue(now);
		}
		else {
			judge(now);
		}
	}

	private void pingIfDue(long now) {
		long due = lastActivity() + this.interval;
		if (now - due < 0) {
			plan(now, due - now);
		}
		else {
			ping(now);
		}
	}

	// the ping, or what was heard after it other than its pong
	private long lastActivity() {
		long heard = this.session.lastHeard();
		return (heard - this.pinged > 0 && heard != this.ponged) ? heard : this.pinged;
	}

	private void ping(long now) {
		this.state = State.PINGED;
		this.pinged = now;
		this.deadline = now + this.timeout;
		// one that waits to be written serves again
		if (!this.unwritten) {
			this.unwritten = true;
			this.session.ping(this::written);
		}
		plan(now, Math.min(this.interval, this.timeout));
	}

	private void written() {
		this.unwritten = false;
		this.pinged = this.nanoTime.getAsLong();
		this.deadline = this.pinged + this.timeout;
	}

	private void judge(long now) {
		if (now - this.planned > PAUSE) {
			this.deadline = now + this.timeout;
		}
		if (now - this.deadline < 0) {
			this.state = State.PINGED;
			plan(now, Math.min(this.deadline - now, this.interval));
		}
		else if (this.state == State.PINGED) {
			this.state = State.OVERDUE;
			plan(now, NEXT_TURN);
		}
		else {
			this.session.giveUp(SessionEnd.SILENT);
		}
	}

	private void plan(long now, long delay) {
		this.planned = now + delay;
		this.timer = this.session.schedule(this::check, Duration.ofNanos(delay));
	}

	private enum State {

		/** Heard since the last ping, or there has been none. */
		HEARD,

		/** Not heard since the last ping. */
		PINGED,

		/** Nor in time; what waits to be read may still change that. */
		OVERDUE

	}

}
