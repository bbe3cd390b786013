package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.SessionTransport;
import wsecho.websocket.SessionOptions;

/**
 * The parameters of the hub: the modifiers, and some of its own. Most clients repeat the
 * query of their address in all requests.
 */
public final class SignalrParameters {

	/** The parameter that has the connection's id, or its token. */
	public static final String ID = "id";

	// of the protocol; the values of some are secrets
	private static final List<String> PROTOCOL = List.of(ID, "negotiateVersion", "useStatefulReconnect", "access_token",
			"_");

	/** The transports that there are, by their names in the protocol. */
	public static final Map<String, SessionTransport> TRANSPORTS = transportsInOrder();

	private final Parameter<List<SessionTransport>> transports = Parameter.named("transports",
			"the transports that are offered", TRANSPORTS, Default.described(List.copyOf(TRANSPORTS.values()), "all"));

	private final Parameter<Duration> keepAlive = Parameter.durationOrNever("keep-alive",
			"after how long without anything sent the client is sent a ping of the hub; 0 for no pings; "
					+ "none are sent to a client that polls",
			Duration.ofMillis(100), Duration.ofHours(1), Default.of(Duration.ofSeconds(15)));

	private final Parameter<Duration> clientTimeout = Parameter.durationOrNever("client-timeout",
			"how long a client that has sent a ping of the hub may be silent; 0 for no limit", Duration.ofMillis(100),
			Duration.ofHours(1), Default.of(Duration.ofSeconds(30)));

	private final Parameter<Duration> poll = Parameter.duration("poll", "how long a poll is held",
			Duration.ofMillis(100), Duration.ofMinutes(10), Default.of(Duration.ofSeconds(90)));

	private final Parameter<Boolean> reconnect = Parameter.flag("reconnect",
			"what `allowReconnect` says when the server ends the session", Default.of(true));

	private final Parameter<Duration> forget = Parameter.duration("forget",
			"the time from its negotiation on after which the connection is unknown: 404, as from another instance",
			Duration.ZERO, Duration.ofDays(1), Default.none());

	private final Parameter<Long> negotiateStatus = Parameter.number("negotiate-status",
			"refuses to negotiate, with that HTTP status", 300, 599, Default.none());

	private final Parameter<Duration> retryAfter = new RefuseParameters().retryAfter();

	private final Parameter<Duration> negotiateDelay;

	private final Modifiers modifiers;

	private final long mostItems;

	public SignalrParameters(Caps caps, Modifiers modifiers) {
		this.modifiers = modifiers;
		this.mostItems = caps.messages();
		this.negotiateDelay = Parameter.duration("negotiate-delay", "how long the answer to the negotiation is delayed",
				Duration.ZERO, caps.handshakeDelay(), Default.of(Duration.ZERO));
	}

	/** Its own ones. */
	public List<Parameter<?>> own() {
		return List.of(this.transports, this.keepAlive, this.clientTimeout, this.poll, this.reconnect, this.forget,
				this.negotiateStatus, this.retryAfter, this.negotiateDelay);
	}

	/** All of them, the modifiers too. */
	public List<Parameter<?>> all() {
		return Stream.concat(own().stream(), this.modifiers.all().stream()).toList();
	}

	/** Reads those of a handshake, and the modifiers. */
	public Hub ofHandshake(HandshakeQuery query) {
		return read(query, () -> this.modifiers.read(query, null));
	}

	/** Reads those of any other request, and the modifiers. */
	public Hub ofRequest(Query query) {
		return read(query, () -> this.modifiers.readPlain(query));
	}

	/** Reads how the negotiation is to be answered; the others have been read before. */
	public Refusal refusal(Query query) {
		return new Refusal(query.get(this.negotiateStatus), query.get(this.retryAfter), query.get(this.negotiateDelay));
	}

	/** Reads after what time a connection is unknown, or null. */
	public @Nullable Duration forget(Query query) {
		return query.get(this.forget);
	}

	private Hub read(Query query, Supplier<SessionParameters> shared) {
		PROTOCOL.forEach(query::text);
		refusal(query);
		forget(query);
		List<SessionTransport> offered = query.get(this.transports);
		Duration keepAlive = query.get(this.keepAlive);
		Duration clientTimeout = query.get(this.clientTimeout);
		Duration poll = query.get(this.poll);
		boolean reconnect = query.get(this.reconnect);
		return new Hub(offered, keepAlive, clientTimeout, poll, reconnect, this.mostItems, shared.get());
	}

	private static Map<String, SessionTransport> transportsInOrder() {
		Map<String, SessionTransport> transports = new LinkedHashMap<>();
		transports.put("WebSockets", SessionTransport.SIGNALR_WEBSOCKET);
		transports.put("ServerSentEvents", SessionTransport.SIGNALR_EVENTS);
		transports.put("LongPolling", SessionTransport.SIGNALR_POLLING);
		return transports;
	}

	/**
	 * What a client asks of a connection.
	 *
	 * @param transports those that are offered
	 * @param keepAlive the interval of the hub's pings; 0 for none
	 * @param clientTimeout how long a client that pings may be silent; 0 for no limit
	 * @param poll how long a poll is held
	 * @param reconnect what Close says in allowReconnect
	 * @param mostItems how many items a stream may have
	 * @param shared the parameters that every path has
	 */
	public record Hub(List<SessionTransport> transports, Duration keepAlive, Duration clientTimeout, Duration poll,
			boolean reconnect, long mostItems, SessionParameters shared) {

		/**
		 * The options of a WebSocket, which is sent pings of its own only if that is
		 * asked for: signalrcore takes them for text of the hub.
		 */
		public SessionOptions socketOptions() {
			SessionOptions options = this.shared.options();
			return new SessionOptions(options.messageLimit(),
					Objects.requireNonNullElse(options.pingInterval(), Duration.ZERO), options.withheld(),
					options.end(), options.hold());
		}

		/** The options of a session that is no WebSocket. */
		public SessionOptions plainOptions() {
			SessionOptions options = this.shared.options();
			return new SessionOptions(Long.MAX_VALUE, options.pingInterval(), Set.of(), options.end(), options.hold());
		}

	}

	/**
	 * How a negotiation is answered.
	 *
	 * @param status of the refusal, or null for none
	 * @param retryAfter the field Retry-After of the refusal, or null
	 * @param delay how long the answer is delayed
	 */
	public record Refusal(@Nullable Long status, @Nullable Duration retryAfter, Duration delay) {

	}

}
