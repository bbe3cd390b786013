package wsecho.check.script;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import wsecho.check.client.Client;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * The name of a request, by which a wsecho tells what of it arrived.
 *
 * @param name at random
 */
record Attempt(String name) {

	private static final SecureRandom RANDOM = new SecureRandom();

	static Attempt next() {
		return new Attempt(Base64.getUrlEncoder().withoutPadding().encodeToString(random()));
	}

	static byte[] random() {
		byte[] random = new byte[16];
		RANDOM.nextBytes(random);
		return random;
	}

	/** Path and query of a step, with the name. */
	String path(Step step, Values values) {
		String query = Stream
			.concat(step.pairs("query", values).stream(), Stream.of(Client.field("attempt", this.name)))
			.map((pair) -> pair.getKey() + "=" + encoded(pair.getValue()))
			.collect(Collectors.joining("&"));
		return step.text("path", values) + "?" + query;
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
