package wsecho.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import wsecho.handshake.Printable;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionOptions;

/** The sessions that are open, or about to be. */
public final class OpenSessions {

	private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

	// a scrape asks for four sums, one after the other
	private static final long GATHER_NANOS = Duration.ofMillis(100).toNanos();

	private final SessionIds ids;

	private final Ledger ledger;

	private final KeepAliveSettings keepAlive;

	private final AgeLimit age;

	private final SessionMetrics metrics;

	private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();

	private final TotalTraffic total = new TotalTraffic();

	/** When the open sessions last added to the total, by {@link System#nanoTime}. */
	private volatile long gathered = System.nanoTime() - GATHER_NANOS;

	/** What those that open are closed with, during a drain. */
	private volatile @Nullable CloseStatus drain;

	private volatile Sinks.Empty<Void> draining = Sinks.empty();

	/** Completes when there is no session, if somebody waits for that. */
	private volatile @Nullable CompletableFuture<Void> none;

	OpenSessions(SessionIds ids, Ledger ledger, KeepAliveSettings keepAlive, AgeLimit age, SessionMetrics metrics) {
		this.ids = ids;
		this.ledger = ledger;
		this.keepAlive = keepAlive;
		this.age = age;
		this.metrics = metrics;
		metrics.observe(this);
	}

	/**
	 * Adds a session that has been admitted, and is about to open.
	 * @param id of the session, of {@link #newId}; or null for a new one
	 * @param facts what is known of it
	 * @param options of the session
	 * @param release run once, when it has ended
	 * @return is told of the session; null if one with that id is there
	 */
	public @Nullable Session add(@Nullable String id, SessionFacts facts, SessionOptions options, Runnable release) {
		SessionId key = (id != null) ? Objects.requireNonNull(SessionId.of(id)) : this.ids.next();
		Session session = new Session(key, this, facts, options, release);
		return (this.sessions.putIfAbsent(key, session) == null) ? session : null;
	}

	/** An id for a session that may come later. */
	public String newId() {
		return this.ids.next().toString();
	}

	/** All of them, as of now and later. */
	public Collection<Session> all() {
		return this.sessions.values();
	}

	/** How many there are. */
	public int count() {
		return this.sessions.size();
	}

	/**
	 * Begins a drain: from now on those that open are closed at once.
	 * @param reason what the Close frame says
	 */
	public void drain(CloseStatus reason) {
		this.drain = reason;
		this.draining.tryEmitEmpty();
	}

	/** Ends a drain: from now on those that open stay open. */
	public void resume() {
		this.drain = null;
		this.draining = Sinks.empty();
	}

	/** Whether there is a drain. */
	public boolean isDraining() {
		return this.drain != null;
	}

	/** Completes when a drain begins. */
	public Mono<Void> whenDraining() {
		return this.draining.asMono();
	}

	/** Completes when there is none, in the event loop of the last one. */
	public CompletableFuture<Void> whenNone() {
		CompletableFuture<Void> none = new CompletableFuture<>();
		this.none = none;
		completeIfNone();
		return none;
	}

	@Nullable Session find(SessionId id) {
		return this.sessions.get(id);
	}

	/** What has gone through all sessions, open and ended. */
	Totals totals() {
		long now = System.nanoTime();
		if (now - this.gathered > GATHER_NANOS) {
			this.gathered = now;
			this.sessions.values().forEach((session) -> session.addTo(this.total));
		}
		return this.total.sum();
	}

	KeepAliveSettings keepAlive() {
		return this.keepAlive;
	}

	AgeLimit age() {
		return this.age;
	}

	void opened(Session session) {
		if (LOG.isDebugEnabled()) {
			SessionFacts facts = session.facts();
			LOG.debug("Session {} opened at {} over HTTP/{} from {}", session.key(), Printable.of(facts.plainPath()),
					facts.httpVersion(), facts.remoteAddress());
		}
		// opened after the drain took its snapshot
		CloseStatus reason = this.drain;
		if (reason != null) {
			session.goAway(reason, Duration.ZERO, session.replyTime());
		}
	}

	void pongReceived(long nanos) {
		this.metrics.pongReceived(nanos);
	}

	// it is in both for a moment, and never in neither: readers look here first
	void ended(Session session, SessionEnd end) {
		if (session.isOpened()) {
			session.addTo(this.total);
			this.ledger.add(new EndedSession(session.key(), session.facts(), session.totals(), session.wire(),
					Instant.now().truncatedTo(ChronoUnit.MILLIS), end));
			this.metrics.ended(session.facts().transport(), end, session.age());
			log(session, end);
		}
		this.sessions.remove(session.key());
		completeIfNone();
	}

	private void log(Session session, SessionEnd end) {
		if (LOG.isDebugEnabled()) {
			Totals totals = session.totals();
			LOG.debug("Session {} at {} ended by {}, how: {}, code {}, messages received: {}, sent: {}", session.key(),
					Printable.of(session.facts().plainPath()), end.by(), end.how(), end.code(),
					totals.messagesReceived(), totals.messagesSent());
		}
	}

	private void completeIfNone() {
		CompletableFuture<Void> waiting = this.none;
		if (waiting != null && this.sessions.isEmpty()) {
			waiting.complete(null);
		}
	}

}
