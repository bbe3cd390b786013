package wsecho.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.handshake.HandshakeRefusal;
import wsecho.handshake.Negotiation;
import wsecho.handshake.Printable;
import wsecho.handshake.SessionAdmission;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionListener;

/** The sessions that are open now, and whether there may be one more. */
final class Registry implements SessionAdmission {

	private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

	// until a session is likely to have ended, or a new pod to have started
	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final SessionLimits limits;

	private final Origins origins;

	private final SessionMetrics metrics;

	private final AtomicInteger admitted = new AtomicInteger();

	/** When {@link System#nanoTime} was 0. */
	private final Instant zero = Instant.now().minusNanos(System.nanoTime());

	private final SessionIds ids = new SessionIds();

	private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();

	private final Ledger ledger;

	private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

	/** Of those that have ended. */
	private Totals past = Totals.NONE;

	private volatile boolean draining;

	/** How many sessions, and how many connections, there may be. */
	private volatile int most;

	private volatile int mostConnections = Integer.MAX_VALUE;

	Registry(SessionLimits limits, SessionMetrics metrics, Ledger ledger) {
		this.ledger = ledger;
		this.limits = limits;
		this.origins = new Origins(limits.origins());
		this.metrics = metrics;
		this.most = limits.sessions();
		metrics.observe(this);
	}

	@Override
	public SessionListener admit(ServerHttpRequest request, String httpVersion, Negotiation negotiation) {
		this.origins.require(request);
		if (this.draining) {
			throw HandshakeRefusal.unavailable("The service is stopping.", RETRY_AFTER);
		}
		if (this.admitted.incrementAndGet() > this.most) {
			this.admitted.decrementAndGet();
			throw HandshakeRefusal.unavailable("There are as many sessions as there may be.", RETRY_AFTER);
		}
		SessionFacts facts = new SessionFacts(request.getPath().value(), address(request), httpVersion,
				negotiation.subprotocol(), instant(System.nanoTime()));
		Session session = new Session(this.ids.next(), this, facts, negotiation.options());
		if (!countAddress(session)) {
			this.admitted.decrementAndGet();
			throw HandshakeRefusal.unavailable("There are as many sessions from your address as there may be.",
					RETRY_AFTER);
		}
		this.sessions.put(session.key(), session);
		return session;
	}

	@Override
	public void refused(int status) {
		this.metrics.refused(status);
	}

	@Override
	public int connectionLimit() {
		return this.mostConnections;
	}

	/** From now on sessions are admitted, as many as there are files for. */
	void open(FileLimit files) {
		this.draining = false;
		this.mostConnections = files.connections();
		this.most = Math.min(this.limits.sessions(), files.sessions());
		if (this.most < this.limits.sessions()) {
			LOG.info("There can be only {} sessions, not {} (wsecho.limits.sessions): {} files may be open (ulimit -n)",
					this.most, this.limits.sessions(), files.most());
		}
	}

	/** From now on no session is admitted. */
	List<Session> drain() {
		this.draining = true;
		return List.copyOf(this.sessions.values());
	}

	boolean isDraining() {
		return this.draining;
	}

	/** Those that are open, or about to be. */
	Collection<Session> sessions() {
		return this.sessions.values();
	}

	/** Whether a session of that id, if there is one, is or was this process's. */
	boolean isOurs(SessionId id) {
		return this.ids.isOurs(id);
	}

	/** What is told of a session, or null if it is not known. */
	@Nullable SessionReport report(SessionId id) {
		Session session = this.sessions.get(id);
		SessionReport open = (session != null) ? report(session) : null;
		// one that ends now is in both for a moment
		EndedSession past = (open == null) ? this.ledger.find(id) : null;
		return (past != null) ? SessionReport.of(past) : open;
	}

	/** Some of those that are open, or about to be. */
	List<SessionReport> present(int offset, int limit) {
		return this.sessions.values().stream().skip(offset).limit(limit).map(Registry::report).toList();
	}

	/** Some of those that have ended lately, the last first. */
	List<SessionReport> past(int offset, int limit) {
		return this.ledger.list(offset, limit).stream().map(SessionReport::of).toList();
	}

	/** How many have ended lately. */
	int pastCount() {
		return this.ledger.size();
	}

	/** What has gone through all sessions, open and past. */
	synchronized Totals totals() {
		Totals totals = this.past;
		for (Session session : this.sessions.values()) {
			OpenSession live = session.live();
			totals = (live != null) ? totals.plus(live.traffic()) : totals;
		}
		return totals;
	}

	/** When {@link System#nanoTime} was so. */
	Instant instant(long nanos) {
		return this.zero.plusNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
	}

	// one that came through while the others were told
	void opened(Session session) {
		OpenSession live = session.live();
		if (live != null && LOG.isDebugEnabled()) {
			SessionFacts facts = session.facts();
			LOG.debug("Session {} opened at {} over HTTP/{} from {}, subprotocol {}", session.key(),
					Printable.of(facts.path()), facts.httpVersion(), facts.address(), facts.subprotocol());
		}
		if (this.draining && live != null) {
			live.goAway(SessionDrain.GOING_AWAY, Duration.ofSeconds(1));
		}
	}

	void pongReceived(long nanos) {
		this.metrics.answered(nanos);
	}

	void ended(Session session, SessionEnd ending) {
		if (remove(session, ending)) {
			this.admitted.decrementAndGet();
			uncountAddress(session);
			OpenSession live = session.live();
			if (live != null) {
				if (LOG.isDebugEnabled()) {
					log(session, ending, live);
				}
				this.metrics.ended(ending, session.age());
			}
		}
	}

	private static void log(Session session, SessionEnd ending, OpenSession live) {
		LOG.debug("Session {} at {} ended by {}, how: {}, code {} \"{}\", after {} messages received and {} sent",
				session.key(), Printable.of(session.facts().path()), ending.by(), ending.how(), ending.code(),
				Printable.of(ending.reason()), live.traffic().messagesReceived(), live.traffic().messagesSent());
	}

	private synchronized boolean remove(Session session, SessionEnd ending) {
		OpenSession live = session.live();
		if (live != null && this.sessions.containsKey(session.key())) {
			this.past = this.past.plus(live.traffic());
			this.ledger.add(new EndedSession(session.key(), session.facts(), session.totals(),
					instant(System.nanoTime()), ending));
		}
		return this.sessions.remove(session.key()) != null;
	}

	// a client may ask after the 101 that told it the id, and before it is open here
	private static SessionReport report(Session session) {
		return SessionReport.of(session.key(), session.facts(), session.totals(), null);
	}

	private boolean countAddress(Session session) {
		InetAddress address = session.facts().address();
		int most = this.limits.sessionsPerAddress();
		if (most == 0 || address == null) {
			return true;
		}
		// one too many is counted too, and taken back at once
		if (this.perAddress.merge(address, 1, Integer::sum) > most) {
			uncountAddress(session);
			return false;
		}
		return true;
	}

	private void uncountAddress(Session session) {
		InetAddress address = session.facts().address();
		if (this.limits.sessionsPerAddress() != 0 && address != null) {
			this.perAddress.computeIfPresent(address, (same, count) -> (count == 1) ? null : count - 1);
		}
	}

	private static @Nullable InetAddress address(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		return (remote != null) ? remote.getAddress() : null;
	}

}
