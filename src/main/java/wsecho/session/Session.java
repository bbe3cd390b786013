package wsecho.session;

import org.jspecify.annotations.Nullable;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** One session in the registry. */
final class Session implements SessionListener {

	private final long began = System.nanoTime();

	private final SessionId id;

	private final Registry registry;

	private final SessionFacts facts;

	private final SessionOptions options;

	private volatile @Nullable OpenSession live;

	Session(SessionId id, Registry registry, SessionFacts facts, SessionOptions options) {
		this.id = id;
		this.registry = registry;
		this.facts = facts;
		this.options = options;
	}

	@Override
	public String id() {
		return this.id.toString();
	}

	@Override
	public void opened(OpenSession session) {
		this.live = session;
		this.registry.opened(this);
	}

	@Override
	public void pongReceived(long nanos) {
		this.registry.pongReceived(nanos);
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

	SessionOptions options() {
		return this.options;
	}

	/** How long ago the handshake was, in nanoseconds. */
	long age() {
		return System.nanoTime() - this.began;
	}

	/** A share from 0 to 1 that is this session's own, for what is to be spread. */
	double share() {
		return (this.id.high() >>> 32) / 0x1p32;
	}

}
