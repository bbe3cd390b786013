package wsecho.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.handshake.HandshakeRefusal;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Parameter;
import wsecho.scenario.parameter.Query;

/** Every WebSocket path, and what the server does there. */
public final class Scenarios {

	private static final int LEAST_REFUSAL = 300;

	private static final int MOST_REFUSAL = 599;

	private static final int MAX_LOCATION = 2000;

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Parameter<Integer> CODE = Modifiers.closeCode("code", "the code of the Close frame", "");

	private static final Parameter<Long> STATUS = Parameter.number("status", "the status of the response",
			LEAST_REFUSAL, MOST_REFUSAL, "");

	private static final Parameter<Duration> EVERY = Parameter.duration("every",
			"the time from one message to the next", Duration.ofMillis(1), HOUR, "1s");

	private static final Parameter<Kind> KIND = Parameter.choice("type", "whether the messages are text or binary",
			Kind.values(), "text");

	private static final Parameter<Duration> RETRY_AFTER = Parameter.duration("retry-after",
			"the field Retry-After, which has whole seconds", Duration.ZERO, Duration.ofDays(1), Parameter.NONE);

	private static final Parameter<String> LOCATION = Parameter.text("location", "the field Location",
			"a URI or a part of one (RFC 3986) of at most 2000 characters", Parameter.NONE, Scenarios::location);

	private final String pod;

	private final Parameter<DataSize> size;

	private final Parameter<Long> count;

	private final List<Path> paths;

	/**
	 * Makes the table.
	 * @param caps the most that a client may ask for
	 * @param pod the name of the host
	 */
	Scenarios(Caps caps, String pod) {
		this.pod = pod;
		this.size = Parameter.size("size", "how long each message is, filled up", DataSize.ofBytes(Push.LEAST_SIZE),
				caps.size(), "what it takes");
		this.count = Parameter.number("count", "after so many the server ends the session", 1, caps.messages(),
				Parameter.NONE);
		this.paths = List.of(
				new Path("/websocket", "echoes, frame by frame", List.of(), List.of(Path.ANY), (query) -> new Echo()),
				new Path("/websocket/handshake",
						"first sends one JSON text, what reached the server of the handshake, then echoes", List.of(),
						List.of("report", Path.ANY), (query) -> Report.of(query.opening(), this.pod)),
				new Path("/websocket/push", "sends numbered messages by the clock, never faster than they are read",
						List.of(EVERY, this.size, this.count, KIND), List.of("numbered", "numberedBinary"), this::push),
				new Path("/websocket/close/{code}", "ends the session at once, with that code", List.of(CODE),
						List.of(), (query) -> new Close(query.path(CODE, 1000))),
				new Path("/websocket/refuse/{status}", "refuses the handshake with that status",
						List.of(STATUS, RETRY_AFTER, LOCATION), List.of(), Scenarios::refuse));
	}

	public List<Path> paths() {
		return this.paths;
	}

	private Scenario push(Query query) {
		int size = (int) query.get(this.size, DataSize.ofBytes(0)).toBytes();
		WebSocketMessage.Type type = WebSocketMessage.Type.valueOf(query.get(KIND, Kind.TEXT).name());
		return new Push(query.get(EVERY, Duration.ofSeconds(1)), size, query.get(this.count, Long.MAX_VALUE), type);
	}

	private static Scenario refuse(Query query) {
		Map<String, String> fields = new HashMap<>();
		Duration retryAfter = query.get(RETRY_AFTER);
		if (retryAfter != null) {
			fields.put("Retry-After", "" + retryAfter.toSeconds());
		}
		String location = query.get(LOCATION);
		if (location != null) {
			fields.put("Location", location);
		}
		return new Refuse(HandshakeRefusal.asked(query.path(STATUS, (long) LEAST_REFUSAL).intValue(), fields));
	}

	private static String location(String value) {
		if (value.isEmpty() || value.length() > MAX_LOCATION) {
			throw new IllegalArgumentException();
		}
		return URI.create(value).toASCIIString();
	}

	private enum Kind {

		TEXT, BINARY

	}

	/**
	 * A path.
	 *
	 * @param pattern of the path; what is in braces is a parameter
	 * @param summary what the server does there
	 * @param parameters its own, beside the modifiers
	 * @param sends the messages that the server sends, as asyncapi.json names them
	 * @param scenario makes what the server does of a query
	 */
	public record Path(String pattern, String summary, List<Parameter<?>> parameters, List<String> sends,
			Function<Query, Scenario> scenario) {

		/** What it is sent, when that comes back. */
		public static final String ANY = "any";

		public boolean echoes() {
			return this.sends.contains(ANY);
		}

		/** Whether that parameter is a part of it. */
		public boolean holds(Parameter<?> parameter) {
			return this.pattern.contains("{" + parameter.name() + "}");
		}

	}

}
