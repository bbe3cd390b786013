package wsecho.scenario.parameter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.handshake.Attempt;
import wsecho.handshake.SessionDefaults;
import wsecho.handshake.SessionDefaults.Offers;
import wsecho.websocket.EndAction;
import wsecho.websocket.EndAction.Kind;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.SessionOptions.Withheld;

/** The parameters that every path has. */
public final class Modifiers {

	// RFC 6455, 5.5: 125 bytes, of which the code takes two
	private static final int MAX_REASON = 123;

	// where wsecho.limits.message-size is 0
	private static final DataSize MAX_LIMIT = DataSize.ofTerabytes(1);

	private final Parameter<Kind> end = Parameter.choice("end", "how the server ends the session", Kind.values(),
			Default.of(Kind.CLOSE));

	private final Parameter<Integer> code = Parameter.closeCode("the close code of `end=close`",
			Default.of(CloseStatus.NORMAL.getCode()));

	private final Parameter<String> reason = Parameter.text("reason", "the close reason of `end=close`",
			"at most 123 bytes of UTF-8", Default.of("Closing"),
			(value) -> Parameter.accepted(value, Modifiers::isReason));

	private final Parameter<DataSize> fragment = Parameter.size("fragment",
			"the largest payload of a frame; longer replies are fragmented, inside characters too", DataSize.ofBytes(1),
			DataSize.ofKilobytes(64), Default.described(null, "as received"));

	private final Parameter<Duration> ping = Parameter.durationOrNever("ping",
			"how long the client may be silent before it is sent a ping; 0 for no pings", Duration.ofSeconds(1),
			Duration.ofHours(1), Default.described(null, "`wsecho.keep-alive.interval`"));

	private final Parameter<List<Withheld>> withhold = Parameter.choices("withhold",
			"the frames that the server never sends", Withheld.values(), Default.described(List.of(), "nothing"));

	private final Parameter<String> attempt = Parameter.text(Attempt.PARAMETER,
			"the client's own random name for this handshake, by which `GET /attempts/{attempt}` tells what of it arrived",
			Attempt.ACCEPTS, Default.none(), (value) -> Parameter.accepted(value, Attempt::isName));

	private final Parameter<Boolean> strict = Parameter.flag("strict",
			"whether unknown parameters are refused instead of ignored", Default.of(false));

	private final Parameter<Long> messages;

	private final Parameter<Duration> lifetime;

	private final Parameter<Duration> delay;

	private final Parameter<DataSize> limit;

	private final Parameter<Boolean> compress;

	private final Parameter<Duration> handshakeDelay;

	private final Duration silence;

	public Modifiers(Caps caps, SessionDefaults defaults) {
		this.silence = caps.silence();
		this.messages = Parameter.number("messages",
				"the number of messages sent after which the server ends the session; fragments count as one", 1,
				caps.messages(), Default.none());
		this.lifetime = Parameter.duration("lifetime", "the time after which the server ends the session",
				Duration.ZERO, caps.lifetime(), Default.none());
		this.delay = Parameter.duration("delay",
				"how long each reply is delayed, counted from the arrival of its own message", Duration.ZERO,
				caps.delay(), Default.of(Duration.ZERO));
		this.limit = limit(defaults);
		this.compress = compress(defaults);
		this.handshakeDelay = Parameter.duration("handshake-delay", "how long the response to the handshake is delayed",
				Duration.ZERO, caps.handshakeDelay(), Default.of(Duration.ZERO));
	}

	/** All of them. */
	public List<Parameter<?>> all() {
		return List.of(this.messages, this.lifetime, this.end, this.code, this.reason, this.delay, this.fragment,
				this.limit, this.ping, this.withhold, subprotocol(List.of()), this.compress, this.handshakeDelay,
				this.attempt, this.strict);
	}

	/** Those that mean the same for a response of plain HTTP. */
	Parameter<Kind> end() {
		return this.end;
	}

	Parameter<Duration> lifetime() {
		return this.lifetime;
	}

	Parameter<Duration> delay() {
		return this.delay;
	}

	Parameter<Duration> ping() {
		return this.ping;
	}

	/** Those of each request, which is read when it comes. */
	List<Parameter<?>> ofRequest() {
		return List.of(this.attempt, this.strict);
	}

	/** Ends the reading of a query, all of whose other parameters have been read. */
	void finish(Query query) {
		// it has been read when the request came
		query.get(this.attempt);
		if (query.get(this.strict)) {
			query.requireKnown();
		}
	}

	/** How the server ends the session, which has no close code. */
	EndAction plainEnd(Query query) {
		return new EndAction(query.get(this.end), CloseStatus.NORMAL, this.silence);
	}

	/**
	 * Reads them. For {@code strict} the path's own parameters have to be read before.
	 * @param query of the handshake; collects the faults
	 * @param closeCode the default of {@code code} on this path, or null for 1000
	 * @return the values, or defaults where they are faulty
	 */
	public SessionParameters read(HandshakeQuery query, @Nullable Integer closeCode) {
		return read(query, query.opening().subprotocols(), closeCode);
	}

	/** Reads them of a request that is no handshake, and has them because others have. */
	SessionParameters readPlain(Query query) {
		return read(query, List.of(), null);
	}

	private SessionParameters read(Query query, List<String> subprotocols, @Nullable Integer closeCode) {
		Duration delay = query.get(this.delay);
		SessionParameters parameters = new SessionParameters(query.get(this.messages), query.get(this.lifetime), delay,
				query.get(this.fragment), selected(query, subprotocols), query.get(this.compress),
				query.get(this.handshakeDelay), options(query, closeCode, delay));
		finish(query);
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

	private static @Nullable String selected(Query query, List<String> offered) {
		return query.get(subprotocol(offered)).orElse(null);
	}

	private static Parameter<Optional<String>> subprotocol(List<String> offered) {
		return Parameter.text("subprotocol", "the subprotocol to select", "one of the offered subprotocols, or none",
				Default.described(offered.stream().findFirst(), "the first offered"), (value) -> value.equals("none")
						? Optional.empty() : Optional.of(Parameter.accepted(value, offered::contains)));
	}

	private static Parameter<DataSize> limit(SessionDefaults defaults) {
		DataSize most = defaults.limits().messageSize();
		return Parameter.size("limit", "the largest message accepted; a longer one ends the session with 1009",
				DataSize.ofBytes(1), (most.toBytes() == 0) ? MAX_LIMIT : most,
				Default.described(DataSize.ofBytes(defaults.messageLimit()), "`wsecho.limits.message-size`"));
	}

	private static Parameter<Boolean> compress(SessionDefaults defaults) {
		Parameter<Boolean> compress = Parameter.flag("compress",
				"whether an offer of permessage-deflate (RFC 7692) is accepted",
				Default.described(defaults.compresses(), "`wsecho.compression`"));
		return (defaults.compression() != Offers.OFF) ? compress
				: compress.onlyDefault("false, as this service does not compress (wsecho.compression)");
	}

	private static boolean isReason(String value) {
		return value.getBytes(StandardCharsets.UTF_8).length <= MAX_REASON;
	}

}
