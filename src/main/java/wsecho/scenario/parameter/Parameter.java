package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.unit.DataSize;
import wsecho.websocket.codec.ClosePayload;

/**
 * A parameter that a client may give in the query, or has to give in the path.
 *
 * @param name as it is written
 * @param meaning what it does
 * @param accepts its values, as what follows "it must be"
 * @param defaultValue the default
 * @param schema its JSON schema
 * @param reader reads a value; fails with a {@link MalformedValueException} if it is not
 * written as it has to be, and with another {@link IllegalArgumentException} or an
 * {@link ArithmeticException} if it is out of range
 * @param <T> the type of its value
 */
public record Parameter<T>(String name, String meaning, String accepts, Default<T> defaultValue,
		Map<String, Object> schema, Function<String, T> reader) {

	private static final Map<String, Object> STRING = Map.of("type", "string");

	static Parameter<Long> number(String name, String meaning, long least, long most, Default<Long> defaultValue) {
		return new Parameter<>(name, meaning, "from %d to %d".formatted(least, most), defaultValue,
				ordered("type", "integer", "minimum", least, "maximum", most),
				(value) -> inRange(whole(value), least, most));
	}

	static Parameter<Duration> duration(String name, String meaning, Duration least, Duration most,
			Default<Duration> defaultValue) {
		return new Parameter<>(name, meaning, range(DurationText.write(least), DurationText.write(most)), defaultValue,
				STRING, (value) -> inRange(DurationText.read(value), least, most));
	}

	/** A duration that may be 0 too, for never. */
	static Parameter<Duration> durationOrNever(String name, String meaning, Duration least, Duration most,
			Default<Duration> defaultValue) {
		Parameter<Duration> positive = duration(name, meaning, least, most, defaultValue);
		return new Parameter<>(name, meaning, "0, or " + positive.accepts, defaultValue, STRING,
				(value) -> value.equals("0") ? Duration.ZERO : positive.read(value));
	}

	static Parameter<DataSize> size(String name, String meaning, DataSize least, DataSize most,
			Default<DataSize> defaultValue) {
		return new Parameter<>(name, meaning, range(SizeText.write(least), SizeText.write(most)), defaultValue, STRING,
				(value) -> inRange(SizeText.read(value), least, most));
	}

	static Parameter<Boolean> flag(String name, String meaning, Default<Boolean> defaultValue) {
		return new Parameter<>(name, meaning, "true or false", defaultValue, Map.of("type", "boolean"),
				(value) -> oneOf(Map.of("true", true, "false", false), value));
	}

	static <E extends Enum<E>> Parameter<E> choice(String name, String meaning, E[] choices, Default<E> defaultValue) {
		Map<String, E> named = named(choices);
		return new Parameter<>(name, meaning, "one of " + String.join(", ", named.keySet()), defaultValue,
				ordered("type", "string", "enum", List.copyOf(named.keySet())), (value) -> oneOf(named, value));
	}

	/** Any of the choices, separated by commas. */
	static <E extends Enum<E>> Parameter<List<E>> choices(String name, String meaning, E[] choices,
			Default<List<E>> defaultValue) {
		Map<String, E> named = named(choices);
		return text(name, meaning, "any of %s, separated by commas".formatted(String.join(", ", named.keySet())),
				defaultValue,
				(value) -> Stream.of(value.split(",", -1)).map((each) -> oneOf(named, each.strip())).toList());
	}

	/** Any of the choices by the names that they are given, in any case. */
	static <E> Parameter<List<E>> named(String name, String meaning, Map<String, E> choices,
			Default<List<E>> defaultValue) {
		Map<String, E> lower = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		lower.putAll(choices);
		return text(name, meaning, "any of %s, separated by commas".formatted(String.join(", ", choices.keySet())),
				defaultValue,
				(value) -> Stream.of(value.split(",", -1)).map((each) -> oneOf(lower, each.strip())).toList());
	}

	static <T> Parameter<T> text(String name, String meaning, String accepts, Default<T> defaultValue,
			Function<String, T> reader) {
		return new Parameter<>(name, meaning, accepts, defaultValue, STRING, reader);
	}

	/** A code that a Close frame may carry (RFC 6455, 7.4). */
	static Parameter<Integer> closeCode(String meaning, Default<Integer> defaultValue) {
		return new Parameter<>("code", meaning, "from 1000 to 1003, from 1007 to 1014 or from 3000 to 4999",
				defaultValue, Map.of("type", "integer"),
				(value) -> accepted(Math.toIntExact(whole(value)), ClosePayload::maySend));
	}

	/** The same parameter with another default. */
	Parameter<T> withDefault(T value) {
		return new Parameter<>(this.name, this.meaning, this.accepts, Default.of(value), this.schema, this.reader);
	}

	/**
	 * The same parameter with no value but the default.
	 * @param accepts how that one is written, as what follows "it must be"
	 */
	Parameter<T> onlyDefault(String accepts) {
		return new Parameter<>(this.name, this.meaning, accepts, this.defaultValue, this.schema,
				(value) -> accepted(this.reader.apply(value), (each) -> each.equals(this.defaultValue.value())));
	}

	T read(String value) {
		return this.reader.apply(value);
	}

	/**
	 * A value, if a condition holds.
	 * @throws IllegalArgumentException if it does not
	 */
	static <V> V accepted(V value, Predicate<V> condition) {
		if (!condition.test(value)) {
			throw new IllegalArgumentException("Not accepted");
		}
		return value;
	}

	// Long.valueOf takes the digits of all scripts
	private static Long whole(String value) {
		return Long.valueOf(accepted(value, (text) -> text.chars().allMatch((each) -> each < 0x80)));
	}

	private static <C extends Comparable<C>> C inRange(C value, C least, C most) {
		return accepted(value, (each) -> each.compareTo(least) >= 0 && each.compareTo(most) <= 0);
	}

	private static String range(String least, String most) {
		return "from " + least + " to " + most;
	}

	private static <V> V oneOf(Map<String, V> named, String name) {
		V value = named.get(name);
		if (value == null) {
			throw new IllegalArgumentException("Not one of them");
		}
		return value;
	}

	private static <E extends Enum<E>> Map<String, E> named(E[] choices) {
		return Arrays.stream(choices)
			.collect(Collectors.toMap((each) -> each.name().toLowerCase(Locale.ROOT), Function.identity(),
					(one, other) -> one, LinkedHashMap::new));
	}

	/** A map in the order of its arguments: names and values by turns. */
	public static Map<String, Object> ordered(Object... namesAndValues) {
		Map<String, Object> schema = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			schema.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return schema;
	}

}
