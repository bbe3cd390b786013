package wsecho.signalr;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.SessionTransport;

/** The connections that are open, and whether a token may become one. */
final class HubConnections {

	private final Tokens tokens;

	private final Map<String, HubTransport> open = new ConcurrentHashMap<>();

	private final LongSupplier nanoTime;

	private final SpentTokens spent;

	/**
	 * None are open.
	 * @param tokens of this process
	 * @param nanoTime the clock that tokens are issued by
	 */
	HubConnections(Tokens tokens, LongSupplier nanoTime) {
		this.tokens = tokens;
		this.nanoTime = nanoTime;
		this.spent = new SpentTokens(nanoTime);
	}

	/**
	 * Reads what a client brings.
	 * @param text the id of its query
	 * @param forget after what time from its negotiation on it is unknown, or null
	 * @throws SignalrRefusal if it is no token of this process, or unknown
	 */
	ConnectionToken read(String text, @Nullable Duration forget) {
		ConnectionToken token = this.tokens.read(text);
		if (forget != null && token.age(this.nanoTime.getAsLong()) >= forget.toNanos()) {
			throw SignalrRefusal.unknown("forgotten",
					"The client has asked for its connection to be unknown (forget).");
		}
		return token;
	}

	/**
	 * The connection that a token has become, or becomes now: of requests that come at
	 * once the first one begins it.
	 */
	HubTransport join(ConnectionToken token, Supplier<PollingSession> begin) {
		return this.open.computeIfAbsent(token.id(), (id) -> begin.get());
	}

	/**
	 * The connection that a token has become.
	 * @throws SignalrRefusal if there is none
	 */
	HubTransport require(ConnectionToken token) {
		HubTransport transport = this.open.get(token.id());
		if (transport == null) {
			requireUnspent(token);
			throw SignalrRefusal.unknown("not-connected", "The connection is negotiated, and has not begun.");
		}
		return transport;
	}

	/**
	 * Checks that a token may become a connection.
	 * @throws SignalrRefusal if it has, or is too old
	 */
	void requireNew(ConnectionToken token, SessionTransport kind) {
		HubTransport transport = this.open.get(token.id());
		if (transport != null) {
			throw alreadyOpen(transport, kind);
		}
		requireUnspent(token);
	}

	private static SignalrRefusal ended() {
		return SignalrRefusal.unknown("ended", "The connection is over.");
	}

	private static SignalrRefusal alreadyOpen(HubTransport transport, SessionTransport kind) {
		return (transport.kind() == kind) ? SignalrRefusal.of(409, "") : otherTransport();
	}

	static SignalrRefusal otherTransport() {
		return SignalrRefusal.of(400, "Cannot change transports mid-connection");
	}

	/**
	 * A token becomes a connection.
	 * @throws SignalrRefusal if it has become another one since it was found to be new
	 */
	void opened(ConnectionToken token, HubTransport transport) {
		HubTransport other = this.open.putIfAbsent(token.id(), transport);
		if (other != null) {
			throw alreadyOpen(other, transport.kind());
		}
		if (this.spent.isSpent(token)) {
			this.open.remove(token.id());
			throw ended();
		}
	}

	/** A connection has ended, or has not become one. */
	void ended(ConnectionToken token, HubTransport transport) {
		if (this.open.get(token.id()) == transport) {
			this.spent.add(token);
			this.open.remove(token.id());
		}
	}

	/**
	 * Checks that a token has not been connected with, and is not too old to be.
	 * @throws SignalrRefusal if it has, or is
	 */
	void requireUnspent(ConnectionToken token) {
		if (this.spent.isSpent(token)) {
			throw ended();
		}
		if (this.spent.isTooOld(token)) {
			throw SignalrRefusal.unknown("expired", "The connection is over, or it was negotiated longer than "
					+ SpentTokens.MOST_AGE.toSeconds() + " s ago and has not begun since.");
		}
	}

}
