package wsecho.handshake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hides what of a query is secret, such as a token that a browser can send no other way.
 */
final class SecretParameters {

	private SecretParameters() {
	}

	/**
	 * Puts the length in the place of each value.
	 * @param target path and query, as they were written
	 * @param names of the parameters, in lower case
	 */
	static String hide(String target, Set<String> names) {
		int query = target.indexOf('?');
		if (query < 0) {
			return target;
		}
		return target.substring(0, query + 1) + Stream.of(target.substring(query + 1).split("&", -1))
			.map((pair) -> hidden(pair, names))
			.collect(Collectors.joining("&"));
	}

	private static String hidden(String pair, Set<String> names) {
		int equals = pair.indexOf('=');
		if (equals < 0 || !names.contains(name(pair.substring(0, equals)))) {
			return pair;
		}
		return pair.substring(0, equals + 1) + "[" + (pair.length() - equals - 1) + "]";
	}

	private static String name(String written) {
		try {
			return URLDecoder.decode(written, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException ex) {
			return written;
		}
	}

}
