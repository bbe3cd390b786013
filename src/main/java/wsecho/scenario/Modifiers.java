package wsecho.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import wsecho.handshake.Negotiation;
import wsecho.handshake.SessionDefaults;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Parameter;
import wsecho.scenario.parameter.Query;
import wsecho.websocket.EndAction;
import wsecho.websocket.EndAction.Kind;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.SessionOptions.Withheld;
import wsecho.websocket.codec.ClosePayload;

/** What a client may ask of every session, in the query of its handshake. */
public final class Modifiers {

	private static final int MAX_FRAGMENT = 64 * 1024;

	// RFC 6455, 5.5: 125 bytes, less those of the code
	private static final int MAX_REASON = 123;

	// where messages are not limited
	private static final DataSize MAX_LIMIT = DataSize.ofTerabytes(1);

	private final Caps caps;

	private final SessionDefaults defaults;

	private final Parameter<Long> messages;

	private final Parameter<Duration> lifetime;

	private final Parameter<Kind> end = Parameter.choice("end", "how the server ends the session", Kind.values(),
			"close");

	private final Parameter<Integer> code = closeCode("code", "the code of the Close frame of `end=close`", "1000");

	private final Parameter<String> reason = Parameter.text("reason", "the reason in it", "at most 123 bytes of UTF-8",
			"Closing", Modifiers::reason);

	private final Parameter<Duration> delay;

	private final Parameter<DataSize> fragment = Parameter.size("fragment",
			"replies are cut into frames of at most that size, inside characters too", DataSize.ofBytes(1),
			DataSize.ofBytes(MAX_FRAGMENT), "as received");

	private final Parameter<DataSize> limit;

	private final Parameter<Duration> ping = Parameter.durationOrNever("ping",
			"after so long a silence the client is sent a ping; 0 for never", Duration.ofSeconds(1),
			Duration.ofHours(1), "`wsecho.keep-alive.interval`");

	private final Parameter<List<Withheld>> withhold = Parameter.choices("withhold", "what the server never sends",
			Withheld.values(), "nothing");

	private final Parameter<Boolean> compress;

	private final Parameter<Duration> handshakeDelay;

	Modifiers(Caps caps, SessionDefaults defaults) {
		this.caps = caps;
		this.defaults = defaults;
		DataSize messageSize = defaults.limits().messageSize();
		this.messages = Parameter.number("messages", "after sending so many whole messages the server ends the session",
				1, caps.messages(), Parameter.NONE);
		this.lifetime = Parameter.duration("lifetime", "after that time the server ends the session", Duration.ZERO,
				caps.lifetime(), Parameter.NONE);
		this.delay = Parameter.duration("delay", "each reply is held that long, counted from when its own message came",
				Duration.ZERO, caps.delay(), Parameter.NONE);
		this.limit = Parameter.size("limit", "a message longer than that ends the session with 1009",
				DataSize.ofBytes(1), (messageSize.toBytes() == 0) ? MAX_LIMIT : messageSize,
				"`wsecho.limits.message-size`");
		this.compress = Parameter.flag("compress", "whether an offer of permessage-deflate (RFC 7692) is accepted",
				"`wsecho.compression`");
		this.handshakeDelay = Parameter.duration("handshake-delay", "the answer to the handshake is held that long",
				Duration.ZERO, caps.handshakeDelay(), Parameter.NONE);
	}

	/** All of them. */
	public List<Parameter<?>> all() {
		return List.of(this.messages, this.lifetime, this.end, this.code, this.reason, this.delay, this.fragment,
				this.limit, this.ping, this.withhold, subprotocol(List.of()), this.compress, this.handshakeDelay);
	}

	/**
	 * Negotiates a session.
	 * @param query what the client asks for
	 * @param scenario what the server does
	 * @return what that leads to
	 * @throws wsecho.handshake.HandshakeRefusal if anything is wrong with the query, or
	 * was before: 400
	 */
	Negotiation negotiate(Query query, Scenario scenario) {
		Duration delay = query.get(this.delay);
		DataSize limit = query.get(this.limit);
		SessionOptions options = new SessionOptions((limit != null) ? limit.toBytes() : this.defaults.messageLimit(),
				query.get(this.ping), Set.copyOf(query.get(this.withhold, List.of())), end(query, scenario.closing()),
				Objects.requireNonNullElse(delay, Duration.ZERO));
		Negotiation negotiation = new Negotiation(shape(query, scenario, delay), selected(query),
				query.get(this.compress, this.defaults.compression()), gate(query, scenario), options);
		query.requireNoFaults();
		return negotiation;
	}

	private Shape shape(Query query, Scenario scenario, @Nullable Duration delay) {
		DataSize fragment = query.get(this.fragment);
		return new Shape(scenario, query.get(this.messages), query.get(this.lifetime), delay, this.caps.held(),
				(fragment != null) ? (int) fragment.toBytes() : null);
	}

	private EndAction end(Query query, CloseStatus closing) {
		int code = query.get(this.code, closing.getCode());
		String reason = query.get(this.reason, Objects.requireNonNullElse(closing.getReason(), ""));
		return new EndAction(query.get(this.end, Kind.CLOSE), new CloseStatus(code, reason), this.caps.silence());
	}

	private static @Nullable String selected(Query query) {
		List<String> offered = query.opening().subprotocols();
		String selected = query.get(subprotocol(offered), offered.isEmpty() ? Parameter.NONE : offered.get(0));
		return selected.equals(Parameter.NONE) ? null : selected;
	}

	private @Nullable Mono<Void> gate(Query query, Scenario scenario) {
		Duration delay = query.get(this.handshakeDelay);
		Mono<Void> gate = scenario.gate();
		return (delay == null) ? gate : Mono.delay(delay).then((gate != null) ? gate : Mono.empty());
	}

	private static Parameter<String> subprotocol(List<String> offered) {
		return Parameter.text("subprotocol", "the subprotocol that is selected",
				"one of those that are offered, or none", "the first one offered", (value) -> {
					if (!value.equals(Parameter.NONE) && !offered.contains(value)) {
						throw new IllegalArgumentException();
					}
					return value;
				});
	}

	public static Parameter<Integer> closeCode(String name, String meaning, String otherwise) {
		return new Parameter<>(name, meaning, "from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999", otherwise,
				Map.of("type", "integer"), (value) -> {
					int code = Integer.parseInt(value);
					if (!ClosePayload.maySend(code)) {
						throw new IllegalArgumentException();
					}
					return code;
				});
	}

	private static String reason(String value) {
		if (value.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
			throw new IllegalArgumentException();
		}
		return value;
	}

}
