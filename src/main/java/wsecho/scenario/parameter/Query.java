package wsecho.scenario.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.HandshakeRefusal;
import wsecho.handshake.OpeningHandshake;

/** What a request gives for parameters; keeps what is wrong with them, all of it. */
public final class Query {

	private final OpeningHandshake opening;

	private final List<Fault> faults = new ArrayList<>();

	public Query(OpeningHandshake opening) {
		this.opening = opening;
	}

	public OpeningHandshake opening() {
		return this.opening;
	}

	/** The value of a parameter in the query; null if it is not given, or is wrong. */
	public <T> @Nullable T get(Parameter<T> parameter) {
		List<@Nullable String> values = this.opening.query().get(parameter.name());
		if (values == null) {
			return null;
		}
		String value = values.stream()
			.map((each) -> Objects.requireNonNullElse(each, ""))
			.collect(Collectors.joining(", "));
		return read(parameter, value, values.size() == 1);
	}

	public <T> T get(Parameter<T> parameter, T otherwise) {
		return Objects.requireNonNullElse(get(parameter), otherwise);
	}

	/** The value of a parameter in the path; something else if it is wrong. */
	public <T> T path(Parameter<T> parameter, T otherwise) {
		return Objects.requireNonNullElse(read(parameter, this.opening.pathVariable(parameter.name()), true),
				otherwise);
	}

	/**
	 * Says that there is nothing wrong.
	 * @throws HandshakeRefusal if there is: 400
	 */
	public void requireNoFaults() {
		if (!this.faults.isEmpty()) {
			throw HandshakeRefusal
				.badRequest(this.faults.stream().map(Fault::toString).collect(Collectors.joining(" ")), this.faults);
		}
	}

	private <T> @Nullable T read(Parameter<T> parameter, String value, boolean once) {
		try {
			if (once) {
				return parameter.read(value);
			}
		}
		catch (RuntimeException ex) {
			// whatever a reader fails with: the value is not what it reads
		}
		this.faults.add(new Fault(parameter.name(), value, parameter.accepts() + (once ? "" : ", and stand once")));
		return null;
	}

	/**
	 * What is wrong with a parameter, as the client is told.
	 */
	record Fault(String parameter, String value, String accepts) {

		@Override
		public String toString() {
			return "%s is \"%s\"; it must be %s.".formatted(this.parameter, this.value, this.accepts);
		}

	}

}
