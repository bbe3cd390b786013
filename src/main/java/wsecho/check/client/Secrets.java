package wsecho.check.client;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is to be in no output: the values of header fields that log in, and those of query
 * parameters, whoever wrote them.
 *
 * @param values the values of the fields
 */
public record Secrets(List<String> values) {

	static final String HIDDEN = "(hidden)";

	private static final String NAMES = "token|key|secret|passw|auth|session|sig|code|credential";

	private static final Pattern FIELD = Pattern.compile("(?i).*(" + NAMES + "|cookie).*");

	private static final Pattern PARAMETER = Pattern
		.compile("(?i)([?&;][^=&#\\s]*(?:" + NAMES + ")[^=&#\\s]*=)[^&#\\s\"]+");

	private static final Pattern SCHEME = Pattern.compile("(?i)basic|bearer|digest|negotiate");

	/** Shorter ones may be parts of other words. */
	private static final int SHORTEST = 4;

	static Secrets of(Route route) {
		Stream<String> fields = route.fields()
			.stream()
			.filter((field) -> FIELD.matcher(field.getKey()).matches())
			.flatMap((field) -> parts(field.getValue()));
		return new Secrets(Stream.concat(fields, credentials(route.proxy()))
			.filter((part) -> part.length() >= SHORTEST && !SCHEME.matcher(part).matches())
			.distinct()
			.sorted(Comparator.comparing(String::length).reversed())
			.toList());
	}

	// an Authorization without its scheme, a cookie without its name
	private static Stream<String> parts(String value) {
		return Stream.concat(Stream.of(value),
				Arrays.stream(value.split("[ ;,]+", -1)).map((part) -> part.substring(part.indexOf('=') + 1)));
	}

	private static Stream<String> credentials(@Nullable ViaProxy proxy) {
		return (proxy != null && proxy.credentials() != null) ? Stream.of(proxy.credentials(), proxy.password())
				: Stream.empty();
	}

	/** A text without them. */
	public String hide(String text) {
		String hidden = PARAMETER.matcher(text).replaceAll("$1" + HIDDEN);
		for (String value : this.values) {
			hidden = hidden.replace(value, HIDDEN);
		}
		return hidden;
	}

}
