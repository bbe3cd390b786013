package wsecho.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;
import reactor.core.Disposables;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** One session as the service sees it, from its admission to its end. */
public final class Session implements SessionListener {

	private static final CloseStatus TOO_OLD = CloseStatus.GOING_AWAY.withReason("Session is too old");

	// for replies that no delay holds
	private static final Duration REPLY_TIME = Duration.ofSeconds(1);

	private final long began = System.nanoTime();

	private final SessionId id;

	private final OpenSessions sessions;

	private final SessionFacts facts;

	private final SessionOptions options;

	private final Runnable release;

	private volatile @Nullable OpenSession open;

	/** Null without pings. */
	private @Nullable KeepAlive keepAlive;

	/** Closes the session, by its age or at a drain. */
	private Disposable goAwayTimer = Disposables.disposed();

	/** What of its traffic the total has. */
	private Totals counted = Totals.NONE;

	private volatile boolean ended;

	Session(SessionId id, OpenSessions sessions, SessionFacts facts, SessionOptions options, Runnable release) {
		this.id = id;
		this.sessions = sessions;
		this.facts = facts;
		this.options = options;
		this.release = release;
	}

	@Override
	public String id() {
		return this.id.toString();
	}

	@Override
	public void opened(OpenSession session) {
		// its connection may have ended before the response to the handshake
		if (this.ended) {
			return;
		}
		this.open = session;
		this.keepAlive = this.sessions.keepAlive().watch(session, this.options.pingInterval());
		if (this.sessions.age().isSet()) {
			goAway(TOO_OLD, this.sessions.age().jittered().minusNanos(age()), replyTime());
		}
		this.sessions.opened(this);
	}

	@Override
	public void pongReceived(long nanos) {
		if (this.keepAlive != null) {
			this.keepAlive.pongReceived();
		}
		this.sessions.pongReceived(nanos);
	}

	@Override
	public void ended(SessionEnd end) {
		if (isFirstEnd()) {
			if (this.keepAlive != null) {
				this.keepAlive.stop();
			}
			this.sessions.ended(this, end);
			this.release.run();
		}
	}

	private synchronized boolean isFirstEnd() {
		boolean first = !this.ended;
		this.ended = true;
		this.goAwayTimer.dispose();
		return first;
	}

	/**
	 * Closes the session later, in the place of a close that was planned before; unless
	 * it is not open.
	 * @param reason what the Close frame says
	 * @param delay how much later
	 * @param patience how long the Close may wait for the replies that are owed
	 */
	public synchronized void goAway(CloseStatus reason, Duration delay, Duration patience) {
		OpenSession session = this.open;
		if (session != null && !this.ended) {
			this.goAwayTimer.dispose();
			this.goAwayTimer = session.schedule(() -> session.goAway(reason, patience), delay);
		}
	}

	/** Gives up the connection, or its stream, unless it is not open. */
	public void giveUp() {
		OpenSession session = this.open;
		if (session != null) {
			session.giveUp(SessionEnd.OVERDUE);
		}
	}

	/** Gives up the connection, or its stream, for the memory that it holds. */
	void shed() {
		OpenSession session = this.open;
		if (session != null) {
			session.giveUp(SessionEnd.SHED);
		}
	}

	/** How much memory is held for its client beside the session itself, in bytes. */
	long held() {
		OpenSession session = this.open;
		return (session != null) ? session.held() : 0;
	}

	/** How long the replies may take that are owed at any time. */
	public Duration replyTime() {
		return this.options.hold().plus(REPLY_TIME);
	}

	SessionId key() {
		return this.id;
	}

	/** What does not change in it. */
	SessionFacts facts() {
		return this.facts;
	}

	/** Whether it is, or was, open: not before the response to its handshake. */
	boolean isOpened() {
		return this.open != null;
	}

	/** What has gone through it; nothing before it is open. */
	Totals totals() {
		OpenSession session = this.open;
		return (session != null) ? Totals.of(session.traffic()) : Totals.NONE;
	}

	/** What has been seen of it on the wire; nothing before it is open. */
	WireTraffic wire() {
		OpenSession session = this.open;
		return (session != null) ? WireTraffic.of(session.traffic()) : WireTraffic.NONE;
	}

	/** Adds to the total what has gone through it since the last time. */
	synchronized void addTo(TotalTraffic total) {
		Totals now = totals();
		total.add(this.counted, now);
		this.counted = now;
	}

	/** How long ago the handshake was, in nanoseconds. */
	long age() {
		return System.nanoTime() - this.began;
	}

}
