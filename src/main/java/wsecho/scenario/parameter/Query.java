package wsecho.scenario.parameter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import wsecho.handshake.HandshakeRefusal;
import wsecho.handshake.OpeningHandshake;

/**
 * The parameters that a handshake gives. Collects all that is wrong with them, so that
 * the client is told at once; and what nobody has asked for, which a session ignores.
 */
public final class Query {

	private static final int MAX_IGNORED = 16;

	private static final int MAX_NAME = 64;

	private final OpeningHandshake opening;

	/** Of each name the values. */
	private final Map<String, List<String>> given = new LinkedHashMap<>();

	private final TreeSet<String> known = new TreeSet<>();

	private final List<Fault> faults = new ArrayList<>();

	public Query(OpeningHandshake opening) {
		this.opening = opening;
		QueryText.split(opening.rawQuery()).forEach((pair) -> add(pair.getKey(), pair.getValue()));
	}

	public OpeningHandshake opening() {
		return this.opening;
	}

	/**
	 * The value of a parameter in the query.
	 * @return its default, which may be null, if it is not given or there is a fault
	 */
	@SuppressWarnings("NullAway") // a default may be null where T says so
	public <T> T get(Parameter<T> parameter) {
		this.known.add(parameter.name());
		List<String> values = this.given.getOrDefault(parameter.name(), List.of());
		if (values.size() > 1) {
			fault(parameter, String.join(", ", values), parameter.accepts() + ", and be given once");
		}
		return (values.size() == 1) ? read(parameter, values.get(0)) : parameter.otherwise().value();
	}

	/**
	 * The value of a parameter in the path.
	 * @return null if there is a fault
	 */
	public <T> T path(Parameter<T> parameter) {
		return read(parameter, this.opening.pathVariable(parameter.name()));
	}

	/** The names of the parameters that nobody has asked for, percent-encoded. */
	public List<String> ignored() {
		return unknown().limit(MAX_IGNORED)
			.map((name) -> name.substring(0, Math.min(name.length(), MAX_NAME)))
			.map((name) -> URLEncoder.encode(name, StandardCharsets.UTF_8))
			.toList();
	}

	/** From here on every parameter is a fault that nobody has asked for. */
	void requireKnown() {
		unknown().map((name) -> new Fault.Unknown(name, Nearest.to(name, this.known))).forEach(this.faults::add);
	}

	/**
	 * Ends the reading.
	 * @throws HandshakeRefusal if there is a fault: 400
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
			this.faults.add(new Fault.BadValue(name, value, ex.form()));
		}
	}

	private Stream<String> unknown() {
		return this.given.keySet().stream().filter((name) -> !this.known.contains(name));
	}

	@SuppressWarnings("NullAway") // nothing is made of it where there is a fault
	private <T> T read(Parameter<T> parameter, String value) {
		try {
			return parameter.read(value);
		}
		catch (MalformedValueException ex) {
			fault(parameter, value, ex.form() + ": " + parameter.accepts());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			fault(parameter, value, parameter.accepts());
		}
		return parameter.otherwise().value();
	}

	private void fault(Parameter<?> parameter, String value, String accepts) {
		this.faults.add(new Fault.BadValue(parameter.name(), value, accepts));
	}

}
