package wsecho.session;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** One session in the registry. */
public final class Session implements SessionListener {

	private final long began = System.nanoTime();

	private final SessionId id;

	private final Registry registry;

	private final SessionFacts facts;

	private final long messageLimit;

	private final @Nullable Duration ping;

	private volatile @Nullable OpenSession live;

	/** Of the rounds of keep-alive: the progress seen last, and how long ago. */
	private long progress;

	private int silentSeconds;

	Session(SessionId id, Registry registry, SessionFacts facts, SessionOptions terms) {
		this.id = id;
		this.registry = registry;
		this.facts = facts;
		this.messageLimit = Objects.requireNonNullElse(terms.messageLimit(), registry.messageLimit());
		this.ping = terms.ping();
	}

	@Override
	public String id() {
		return this.id.toString();
	}

	@Override
	public long messageLimit() {
		return this.messageLimit;
	}

	@Override
	public void opened(OpenSession session) {
		this.live = session;
		this.registry.opened(this);
	}

	@Override
	public void answered(long nanos) {
		this.registry.answered(nanos);
	}

	@Override
	public void ended(SessionEnd ending) {
		this.registry.ended(this, ending);
	}

	SessionId key() {
		return this.id;
	}

	/** What does not change in it. */
	SessionFacts facts() {
		return this.facts;
	}

	/** What has gone through it; nothing before it is open. */
	Totals totals() {
		OpenSession session = this.live;
		return (session != null) ? Totals.NONE.plus(session.traffic()) : Totals.NONE;
	}

	/** What is open, or null before that. */
	@Nullable OpenSession live() {
		return this.live;
	}

	/** After how long a silence the client is sent a ping, or null for as configured. */
	@Nullable Duration ping() {
		return this.ping;
	}

	/** How long ago the handshake was, in nanoseconds. */
	long age() {
		return System.nanoTime() - this.began;
	}

	/** A share from 0 to 1 that is this session's own, for what is to be spread. */
	double share() {
		return (this.id.high() >>> 32) / 0x1p32;
	}

	/**
	 * For how long nothing has come from the client that is waited for.
	 * @param session what is open
	 * @return seconds, if this is called once a second
	 */
	int silentSeconds(OpenSession session) {
		long now = session.progress();
		boolean silent = now == this.progress && session.isWaiting();
		this.progress = now;
		this.silentSeconds = silent ? this.silentSeconds + 1 : 0;
		return this.silentSeconds;
	}

}
