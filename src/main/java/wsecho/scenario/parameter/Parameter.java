package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * A parameter that a client may give in the query, or has to give in the path.
 *
 * @param name as it is written
 * @param meaning what it does
 * @param accepts its values, as what follows "it must be"
 * @param otherwise what holds without it; empty if it is a part of the path
 * @param schema its JSON schema
 * @param reader reads a value; fails with a {@link RuntimeException} if it is not
 * accepted
 * @param <T> what its value is
 */
public record Parameter<T>(String name, String meaning, String accepts, String otherwise, Map<String, Object> schema,
		Function<String, T> reader) {

	private static final Map<String, Object> STRING = Map.of("type", "string");

	public static final String NONE = "none";

	public static Parameter<Long> number(String name, String meaning, long least, long most, String otherwise) {
		return new Parameter<>(name, meaning, "from %d to %d".formatted(least, most), otherwise,
				ordered("type", "integer", "minimum", least, "maximum", most),
				(value) -> inRange(Long.valueOf(value), least, most));
	}

	public static Parameter<Duration> duration(String name, String meaning, Duration least, Duration most,
			String otherwise) {
		return new Parameter<>(name, meaning, "from %s to %s".formatted(written(least), written(most)), otherwise,
				STRING, (value) -> inRange(DurationStyle.detectAndParse(value), least, most));
	}

	/** A duration that may be 0 too, for never. */
	public static Parameter<Duration> durationOrNever(String name, String meaning, Duration least, Duration most,
			String otherwise) {
		Parameter<Duration> positive = duration(name, meaning, least, most, otherwise);
		return new Parameter<>(name, meaning, "0, or " + positive.accepts, otherwise, STRING, (value) -> {
			Duration duration = DurationStyle.detectAndParse(value);
			return duration.isZero() ? duration : inRange(duration, least, most);
		});
	}

	public static Parameter<DataSize> size(String name, String meaning, DataSize least, DataSize most,
			String otherwise) {
		return new Parameter<>(name, meaning, "from %s to %s".formatted(written(least), written(most)), otherwise,
				STRING, (value) -> inRange(DataSize.parse(value), least, most));
	}

	public static Parameter<Boolean> flag(String name, String meaning, String otherwise) {
		return new Parameter<>(name, meaning, "true or false", otherwise, Map.of("type", "boolean"),
				(value) -> oneOf(Map.of("true", true, "false", false), value));
	}

	public static <E extends Enum<E>> Parameter<E> choice(String name, String meaning, E[] choices, String otherwise) {
		Map<String, E> named = named(choices);
		return new Parameter<>(name, meaning, "one of " + String.join(", ", named.keySet()), otherwise,
				ordered("type", "string", "enum", List.copyOf(named.keySet())), (value) -> oneOf(named, value));
	}

	/** Any of the choices, separated by commas. */
	public static <E extends Enum<E>> Parameter<List<E>> choices(String name, String meaning, E[] choices,
			String otherwise) {
		Map<String, E> named = named(choices);
		return new Parameter<>(name, meaning,
				"any of %s, separated by commas".formatted(String.join(", ", named.keySet())), otherwise, STRING,
				(value) -> Stream.of(value.split(",", -1)).map((each) -> oneOf(named, each.strip())).toList());
	}

	public static Parameter<String> text(String name, String meaning, String accepts, String otherwise,
			Function<String, String> reader) {
		return new Parameter<>(name, meaning, accepts, otherwise, STRING, reader);
	}

	T read(String value) {
		return this.reader.apply(value);
	}

	/** The default as its schema has it; null if it is no value, but prose. */
	public @Nullable Object defaultValue() {
		try {
			T value = read(this.otherwise);
			return this.otherwise.equals(NONE) ? null : isText() ? this.otherwise : value;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private boolean isText() {
		return "string".equals(this.schema.get("type"));
	}

	private static <C extends Comparable<C>> C inRange(C value, C least, C most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new IllegalArgumentException();
		}
		return value;
	}

	private static <V> V oneOf(Map<String, V> named, String name) {
		V value = named.get(name);
		if (value == null) {
			throw new IllegalArgumentException();
		}
		return value;
	}

	private static <E extends Enum<E>> Map<String, E> named(E[] choices) {
		return Arrays.stream(choices)
			.collect(Collectors.toMap((each) -> each.name().toLowerCase(Locale.ROOT), Function.identity(),
					(one, other) -> one, LinkedHashMap::new));
	}

	public static Map<String, Object> ordered(Object... namesAndValues) {
		Map<String, Object> schema = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			schema.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return schema;
	}

	// in the largest unit that it is a whole number of
	private static String written(Duration duration) {
		if (duration.isZero()) {
			return "0";
		}
		long millis = duration.toMillis();
		return (millis % 86_400_000 == 0) ? millis / 86_400_000 + "d"
				: (millis % 3_600_000 == 0) ? millis / 3_600_000 + "h" : (millis % 60_000 == 0) ? millis / 60_000 + "m"
						: (millis % 1000 == 0) ? millis / 1000 + "s" : millis + "ms";
	}

	private static String written(DataSize size) {
		long bytes = size.toBytes();
		return (bytes % (1L << 40) == 0) ? (bytes >> 40) + "TB"
				: (bytes % (1 << 30) == 0) ? (bytes >> 30) + "GB" : (bytes % (1 << 20) == 0) ? (bytes >> 20) + "MB"
						: (bytes % (1 << 10) == 0) ? (bytes >> 10) + "KB" : bytes + "B";
	}

}
