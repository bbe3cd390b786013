package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.List;

import org.springframework.util.unit.DataSize;

/**
 * The parameters of {@code /websocket/push}.
 *
 * @param every the interval
 * @param size the payload size, 0 for no padding
 * @param count how many messages
 * @param type text or binary
 */
public record PushParameters(Parameter<Duration> every, Parameter<DataSize> size, Parameter<Long> count,
		Parameter<Format> type) {

	/** Every message fits into it unpadded, in bytes. */
	private static final int LEAST_SIZE = 128;

	/** What the payload is. */
	public enum Format {

		/** JSON. */
		TEXT,
		/** Three integers. */
		BINARY

	}

	/** The parameters within the bounds of the settings. */
	public static PushParameters of(Caps caps) {
		return new PushParameters(
				Parameter.duration("every", "the interval between messages", Duration.ofMillis(1), Duration.ofHours(1),
						Default.of(Duration.ofSeconds(1))),
				Parameter.size("size", "the payload size of each message, padded with spaces (text) or zeros (binary)",
						DataSize.ofBytes(LEAST_SIZE), caps.size(),
						Default.described(DataSize.ofBytes(0), "no padding")),
				Parameter.number("count", "the number of messages after which the server ends the session", 1,
						caps.messages(), Default.described(Long.MAX_VALUE, "none")),
				Parameter.choice("type", "the type of the messages", Format.values(), Default.of(Format.TEXT)));
	}

	public List<Parameter<?>> all() {
		return List.of(this.every, this.size, this.count, this.type);
	}

}
