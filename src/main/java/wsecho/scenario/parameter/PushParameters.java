package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.List;

import org.springframework.util.unit.DataSize;

/**
 * The parameters of {@code /websocket/push}.
 *
 * @param every the period
 * @param size of each message, 0 for no more than it takes
 * @param count how many messages
 * @param type text or binary
 */
public record PushParameters(Parameter<Duration> every, Parameter<DataSize> size, Parameter<Long> count,
		Parameter<Format> type) {

	/** What every message fits into, in bytes. */
	private static final int LEAST_SIZE = 128;

	/** What the payload is. */
	public enum Format {

		/** JSON. */
		TEXT,
		/** Three integers. */
		BINARY

	}

	/** With the most that a client may ask for. */
	public static PushParameters of(Caps caps) {
		return new PushParameters(
				Parameter.duration("every", "the time from one message to the next", Duration.ofMillis(1),
						Duration.ofHours(1), Default.of(Duration.ofSeconds(1))),
				Parameter.size("size", "how long each message is, filled up", DataSize.ofBytes(LEAST_SIZE), caps.size(),
						Default.described(DataSize.ofBytes(0), "what it takes")),
				Parameter.number("count", "after so many the server ends the session", 1, caps.messages(),
						Default.described(Long.MAX_VALUE, "none")),
				Parameter.choice("type", "whether the messages are text or binary", Format.values(),
						Default.of(Format.TEXT)));
	}

	public List<Parameter<?>> all() {
		return List.of(this.every, this.size, this.count, this.type);
	}

}
