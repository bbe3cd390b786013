package wsecho.scenario.parameter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.handshake.SessionDefaults;
import wsecho.websocket.EndAction;
import wsecho.websocket.EndAction.Kind;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.SessionOptions.Withheld;

/** The parameters that every path has. */
public final class Modifiers {

	// RFC 6455, 5.5: 125 bytes, less those of the code
	private static final int MAX_REASON = 123;

	// where messages are not limited
	private static final DataSize MAX_LIMIT = DataSize.ofTerabytes(1);

	private final Parameter<Kind> end = Parameter.choice("end", "how the server ends the session", Kind.values(),
			Default.of(Kind.CLOSE));

	private final Parameter<Integer> code = Parameter.closeCode("the code of the Close frame of `end=close`",
			Default.of(CloseStatus.NORMAL.getCode()));

	private final Parameter<String> reason = Parameter.text("reason", "the reason in it", "at most 123 bytes of UTF-8",
			Default.of("Closing"), (value) -> Parameter.accepted(value, Modifiers::isReason));

	private final Parameter<DataSize> fragment = Parameter.size("fragment",
			"replies are cut into frames of at most that size, inside characters too", DataSize.ofBytes(1),
			DataSize.ofKilobytes(64), Default.described(null, "as received"));

	private final Parameter<Duration> ping = Parameter.durationOrNever("ping",
			"after so long a silence the client is sent a ping; 0 for never", Duration.ofSeconds(1),
			Duration.ofHours(1), Default.described(null, "`wsecho.keep-alive.interval`"));

	private final Parameter<List<Withheld>> withhold = Parameter.choices("withhold", "what the server never sends",
			Withheld.values(), Default.described(List.of(), "nothing"));

	private final Parameter<Boolean> strict = Parameter.flag("strict",
			"whether a parameter that the path does not have is refused; else it is ignored", Default.of(false));

	private final Parameter<Long> messages;

	private final Parameter<Duration> lifetime;

	private final Parameter<Duration> delay;

	private final Parameter<DataSize> limit;

	private final Parameter<Boolean> compress;

	private final Parameter<Duration> handshakeDelay;

	private final Duration silence;

	public Modifiers(Caps caps, SessionDefaults defaults) {
		this.silence = caps.silence();
		this.messages = Parameter.number("messages", "after sending so many whole messages the server ends the session",
				1, caps.messages(), Default.none());
		this.lifetime = Parameter.duration("lifetime", "after that time the server ends the session", Duration.ZERO,
				caps.lifetime(), Default.none());
		this.delay = Parameter.duration("delay", "each reply is held that long, counted from when its own message came",
				Duration.ZERO, caps.delay(), Default.of(Duration.ZERO));
		this.limit = limit(defaults);
		this.compress = Parameter.flag("compress", "whether an offer of permessage-deflate (RFC 7692) is accepted",
				Default.described(defaults.compression(), "`wsecho.compression`"));
		this.handshakeDelay = Parameter.duration("handshake-delay", "the answer to the handshake is held that long",
				Duration.ZERO, caps.handshakeDelay(), Default.of(Duration.ZERO));
	}

	/** All of them. */
	public List<Parameter<?>> all() {
		return List.of(this.messages, this.lifetime, this.end, this.code, this.reason, this.delay, this.fragment,
				this.limit, this.ping, this.withhold, subprotocol(List.of()), this.compress, this.handshakeDelay,
				this.strict);
	}

	/**
	 * Reads them, as the last ones of a query.
	 * @param query what the client asks for; keeps the faults
	 * @param closeCode the default of {@code code} on this path, or null for the usual
	 * one
	 * @return their values; of those with a fault the defaults
	 */
	public SessionParameters read(Query query, @Nullable Integer closeCode) {
		Duration delay = query.get(this.delay);
		SessionParameters parameters = new SessionParameters(query.get(this.messages), query.get(this.lifetime), delay,
				query.get(this.fragment), selected(query), query.get(this.compress), query.get(this.handshakeDelay),
				options(query, closeCode, delay));
		if (query.get(this.strict)) {
			query.requireKnown();
		}
		return parameters;
	}

	private SessionOptions options(Query query, @Nullable Integer closeCode, Duration delay) {
		return new SessionOptions(query.get(this.limit).toBytes(), query.get(this.ping),
				Set.copyOf(query.get(this.withhold)), end(query, closeCode), delay);
	}

	private EndAction end(Query query, @Nullable Integer closeCode) {
		int code = query.get((closeCode != null) ? this.code.withDefault(closeCode) : this.code);
		return new EndAction(query.get(this.end), new CloseStatus(code, query.get(this.reason)), this.silence);
	}

	private static @Nullable String selected(Query query) {
		return query.get(subprotocol(query.opening().subprotocols())).orElse(null);
	}

	private static Parameter<Optional<String>> subprotocol(List<String> offered) {
		return Parameter.text("subprotocol", "the subprotocol that is selected",
				"one of those that are offered, or none",
				Default.described(offered.stream().findFirst(), "the first one offered"),
				(value) -> value.equals("none") ? Optional.empty()
						: Optional.of(Parameter.accepted(value, offered::contains)));
	}

	private static Parameter<DataSize> limit(SessionDefaults defaults) {
		DataSize most = defaults.limits().messageSize();
		return Parameter.size("limit", "a message longer than that ends the session with 1009", DataSize.ofBytes(1),
				(most.toBytes() == 0) ? MAX_LIMIT : most,
				Default.described(DataSize.ofBytes(defaults.messageLimit()), "`wsecho.limits.message-size`"));
	}

	private static boolean isReason(String value) {
		return value.getBytes(StandardCharsets.UTF_8).length <= MAX_REASON;
	}

}
