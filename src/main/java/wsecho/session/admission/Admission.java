package wsecho.session.admission;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import wsecho.handshake.HandshakeRefusal;
import wsecho.handshake.SessionAdmission;
import wsecho.handshake.SessionRequest;
import wsecho.memory.MemoryBudget;
import wsecho.session.OpenSessions;
import wsecho.session.Session;
import wsecho.session.SessionFacts;
import wsecho.websocket.SessionListener;

/** Decides whether a session may open. */
public final class Admission implements SessionAdmission {

	private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

	// until a session is likely to have ended, or a new pod to have started
	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final int configuredLimit;

	private final Origins origins;

	private final AddressLimit addresses;

	private final OpenSessions sessions;

	private final MemoryBudget memory;

	private final RefusalMetrics metrics;

	private final AtomicInteger admitted = new AtomicInteger();

	private volatile int sessionLimit;

	private volatile int connectionLimit = Integer.MAX_VALUE;

	Admission(AdmissionLimits limits, OpenSessions sessions, MemoryBudget memory, RefusalMetrics metrics) {
		this.configuredLimit = limits.sessions();
		this.sessionLimit = limits.sessions();
		this.origins = new Origins(limits.origins());
		this.addresses = new AddressLimit(limits.sessionsPerAddress());
		this.sessions = sessions;
		this.memory = memory;
		this.metrics = metrics;
	}

	/**
	 * Limits sessions and connections to the files that there can be for them, and to the
	 * memory.
	 * @param files what the process may open
	 */
	public void limit(FileLimit files) {
		this.connectionLimit = files.connections();
		int byFiles = files.sessions();
		int byMemory = (int) Math.min(Integer.MAX_VALUE, this.memory.forNewcomers() / SessionCost.SESSION);
		this.sessionLimit = Math.min(this.configuredLimit, Math.min(byFiles, byMemory));
		// a little less is what most machines have
		if (byFiles < this.configuredLimit) {
			tell((byFiles < this.configuredLimit / 2) ? Level.WARN : Level.INFO, byFiles,
					"The process may open only " + files.most() + " files (ulimit -n)", "ulimit -n");
		}
		if (byMemory < this.configuredLimit) {
			tell(Level.INFO, byMemory, "There are only " + this.memory.limit() + " bytes of memory for clients",
					"the JVM's heap or wsecho.limits.memory");
		}
	}

	private void tell(Level level, int possible, String reason, String remedy) {
		LOG.atLevel(level)
			.log("{}, so the limit of sessions is {} instead of {}. Raise {}, or lower wsecho.limits.sessions.", reason,
					possible, this.configuredLimit, remedy);
	}

	@Override
	public SessionListener admit(SessionRequest asked) {
		ServerHttpRequest request = asked.request();
		requireOrigin(request);
		requireOpen();
		InetAddress address = address(request);
		long cost = SessionCost.of(asked);
		acquire(address, cost);
		SessionFacts facts = new SessionFacts(asked.transport(), request.getPath().value(), address,
				asked.httpVersion(), asked.subprotocol(), Instant.now());
		Session session = this.sessions.add(asked.id(), facts, asked.options(), () -> release(address, cost));
		if (session == null) {
			release(address, cost);
			throw HandshakeRefusal.conflict("A session with this id is open.");
		}
		return session;
	}

	@Override
	public void requireOrigin(ServerHttpRequest request) {
		this.origins.require(request);
	}

	@Override
	public void requireOpen() {
		if (this.sessions.isDraining()) {
			throw stopping();
		}
	}

	@Override
	public String newId() {
		return this.sessions.newId();
	}

	@Override
	public boolean isAllowed(String origin) {
		return this.origins.isAllowed(origin);
	}

	@Override
	public void refused(int status) {
		LOG.debug("Refused with {} {}", status, reason(status));
		this.metrics.refused(status);
	}

	@Override
	public Mono<Void> whenClosed() {
		return this.sessions.whenDraining().then(Mono.error(Admission::stopping));
	}

	@Override
	public int connectionLimit() {
		return this.connectionLimit;
	}

	private static HandshakeRefusal stopping() {
		return HandshakeRefusal.unavailable("The service is stopping.", RETRY_AFTER);
	}

	private void acquire(@Nullable InetAddress address, long cost) {
		if (this.admitted.incrementAndGet() > this.sessionLimit) {
			this.admitted.decrementAndGet();
			throw HandshakeRefusal.unavailable(
					"The server has reached its limit of open sessions (wsecho.limits.sessions, ulimit -n).",
					RETRY_AFTER);
		}
		if (address != null && !this.addresses.tryAcquire(address)) {
			this.admitted.decrementAndGet();
			throw HandshakeRefusal.unavailable(
					"Your address has reached its limit of open sessions (wsecho.limits.sessions-per-address).",
					RETRY_AFTER);
		}
		if (!this.memory.tryDraw(cost)) {
			release(address, 0);
			throw HandshakeRefusal
				.unavailable("The server has no memory left for another session (wsecho.limits.memory).", RETRY_AFTER);
		}
	}

	private void release(@Nullable InetAddress address, long cost) {
		this.memory.giveBack(cost);
		this.admitted.decrementAndGet();
		if (address != null) {
			this.addresses.release(address);
		}
	}

	private static String reason(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		return (known != null) ? known.getReasonPhrase() : "";
	}

	private static @Nullable InetAddress address(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		return (remote != null) ? remote.getAddress() : null;
	}

}
