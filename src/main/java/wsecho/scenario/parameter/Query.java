package wsecho.scenario.parameter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.HandshakeRefusal;

/**
 * The parameters of a request. Collects all faults, so that the client is told of them at
 * once, and the names that were never read, which a session ignores.
 */
public class Query {

	private static final int MAX_PARAMETERS = 100;

	// more than any path has parameters
	private static final int MAX_FAULTS = 32;

	private static final int MAX_UNKNOWN = 16;

	private static final int MAX_NAME = 64;

	private static final int MAX_VALUE = 200;

	private final Function<String, String> path;

	/** The values by name. */
	private final Map<String, List<String>> given = new LinkedHashMap<>();

	private final TreeSet<String> known = new TreeSet<>();

	private final List<Fault> faults = new ArrayList<>();

	/**
	 * Reads the query.
	 * @param rawQuery the query as it is written, or null
	 * @param path what stands in the path for a variable of its pattern
	 * @throws HandshakeRefusal with status 400 if there are more than 100 parameters
	 */
	public Query(@Nullable String rawQuery, Function<String, String> path) {
		this.path = path;
		List<Map.Entry<String, String>> pairs = QueryText.split(rawQuery);
		if (pairs.size() > MAX_PARAMETERS) {
			throw HandshakeRefusal
				.badRequest("The query has " + pairs.size() + " parameters; it may have " + MAX_PARAMETERS + ".");
		}
		pairs.stream()
			.takeWhile((pair) -> this.faults.size() < MAX_FAULTS)
			.forEach((pair) -> add(pair.getKey(), pair.getValue()));
	}

	/**
	 * The value of a parameter in the query.
	 * @return the value; the default, which may be null, if it is not given or faulty
	 */
	@SuppressWarnings("NullAway") // a default may be null where T says so
	public <T> T get(Parameter<T> parameter) {
		this.known.add(parameter.name());
		List<String> values = this.given.getOrDefault(parameter.name(), List.of());
		if (values.size() > 1) {
			fault(parameter.name(), String.join(", ", values), parameter.accepts() + ", and be given once");
		}
		return (values.size() == 1) ? read(parameter, values.get(0)) : parameter.defaultValue().value();
	}

	/**
	 * The first value of a parameter that may be anything, and is never told.
	 * @return the value, or null if it is not given
	 */
	public @Nullable String text(String name) {
		this.known.add(name);
		List<String> values = this.given.get(name);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * The value of a parameter in the path.
	 * @return the value; null if it is faulty
	 */
	public <T> T path(Parameter<T> parameter) {
		return read(parameter, this.path.apply(parameter.name()));
	}

	/**
	 * The names of the parameters that were never read, percent-encoded; the first 16 of
	 * them, each cut to 64 characters.
	 */
	public List<String> ignored() {
		return unknown().map((name) -> URLEncoder.encode(name, StandardCharsets.UTF_8)).toList();
	}

	/** Makes a fault of each parameter that has not been read so far. */
	void requireKnown() {
		unknown().forEach((name) -> fault(name, null, "one of " + String.join(", ", this.known)));
	}

	/**
	 * Ends the reading.
	 * @throws HandshakeRefusal with status 400 if there is a fault
	 */
	public void requireNoFaults() {
		if (!this.faults.isEmpty()) {
			throw HandshakeRefusal.badRequest(this.faults.stream().map(Fault::detail).collect(Collectors.joining(" ")),
					this.faults);
		}
	}

	private void add(String name, String value) {
		try {
			List<String> values = this.given.computeIfAbsent(QueryText.decode(name), (key) -> new ArrayList<>(1));
			values.add(QueryText.decode(value));
		}
		catch (MalformedValueException ex) {
			fault(name, value, ex.form());
		}
	}

	private Stream<String> unknown() {
		return this.given.keySet()
			.stream()
			.filter((name) -> !this.known.contains(name))
			.limit(MAX_UNKNOWN)
			.map((name) -> cut(name, MAX_NAME, ""));
	}

	@SuppressWarnings("NullAway") // requireNoFaults() throws before a faulty value is
									// used
	private <T> T read(Parameter<T> parameter, String value) {
		try {
			return parameter.read(value);
		}
		catch (MalformedValueException ex) {
			fault(parameter.name(), value, ex.form() + ": " + parameter.accepts());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			fault(parameter.name(), value, parameter.accepts());
		}
		return parameter.defaultValue().value();
	}

	private void fault(String name, @Nullable String value, String accepts) {
		if (this.faults.size() < MAX_FAULTS) {
			this.faults.add(new Fault(name, (value != null) ? cut(value, MAX_VALUE, "...") : null, accepts));
		}
	}

	// not within a character
	private static String cut(String text, int most, String mark) {
		if (text.length() <= most) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + mark;
	}

}
