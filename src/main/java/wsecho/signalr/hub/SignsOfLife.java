package wsecho.signalr.hub;

import java.time.Duration;

/**
 * Pings a client that is sent nothing, and gives up one that was heard to ping and is
 * silent. The one has nothing to do with the other.
 */
final class SignsOfLife {

	private final Timers timers;

	private final HubOptions options;

	private final Outbox outbox;

	private final Runnable ping;

	private final Runnable silent;

	private long lastHeard;

	private boolean awaited;

	/**
	 * Watches one connection.
	 * @param timers of the connection
	 * @param options of the connection
	 * @param outbox knows when something was last sent
	 * @param ping sends a ping
	 * @param silent run when the client is given up
	 */
	SignsOfLife(Timers timers, HubOptions options, Outbox outbox, Runnable ping, Runnable silent) {
		this.timers = timers;
		this.options = options;
		this.outbox = outbox;
		this.ping = ping;
		this.silent = silent;
		this.lastHeard = timers.now();
	}

	/** The client has shaken hands. */
	void start() {
		if (!this.options.keepAlive().isZero()) {
			this.timers.after(this.options.keepAlive().toNanos(), this::pingIfDue);
		}
	}

	/** Something has come. */
	void heard() {
		this.lastHeard = this.timers.now();
	}

	/** A ping has come: from the first one on the client owes others. */
	void pinged() {
		if (!this.awaited && !this.options.clientTimeout().isZero()) {
			this.awaited = true;
			this.timers.after(this.options.clientTimeout().toNanos(), this::judge);
		}
	}

	private void pingIfDue() {
		long left = left(this.outbox.lastAdded(), this.options.keepAlive());
		if (left <= 0) {
			this.ping.run();
			left = this.options.keepAlive().toNanos();
		}
		this.timers.after(left, this::pingIfDue);
	}

	private void judge() {
		long left = left(this.lastHeard, this.options.clientTimeout());
		if (left <= 0) {
			this.silent.run();
		}
		else {
			this.timers.after(left, this::judge);
		}
	}

	private long left(long since, Duration limit) {
		return since + limit.toNanos() - this.timers.now();
	}

}
