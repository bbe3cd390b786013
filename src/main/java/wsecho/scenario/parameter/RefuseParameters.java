package wsecho.scenario.parameter;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The parameters of <code>/websocket/refuse/{status}</code>.
 *
 * @param status a part of the path
 * @param retryAfter the field Retry-After
 * @param location the field Location
 */
public record RefuseParameters(Parameter<Long> status, Parameter<Duration> retryAfter, Parameter<String> location) {

	private static final int MAX_LOCATION = 2000;

	public RefuseParameters() {
		this(Parameter.number("status", "the status code of the response", 300, 599, Default.required()),
				Parameter.duration("retry-after", "the `Retry-After` field, in whole seconds, rounded up",
						Duration.ZERO, Duration.ofDays(1), Default.none()),
				Parameter.text("location", "the `Location` field",
						"a path on this host (RFC 3986, 4.2), with or without a query, of at most 2000 characters",
						Default.none(), RefuseParameters::location));
	}

	public List<Parameter<?>> all() {
		return List.of(this.status, this.retryAfter, this.location);
	}

	// otherwise a link to this host could redirect to any other
	private static String location(String value) {
		URI location = URI.create(Parameter.accepted(value, RefuseParameters::isShort));
		return Parameter.accepted(location, RefuseParameters::staysHere).toASCIIString();
	}

	private static boolean isShort(String value) {
		return !value.isEmpty() && value.length() <= MAX_LOCATION;
	}

	// what begins with two slashes names a host, and browsers take more of them for two
	private static boolean staysHere(URI location) {
		return !location.isAbsolute() && !location.toString().startsWith("//");
	}

}
