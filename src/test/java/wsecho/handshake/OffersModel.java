package wsecho.handshake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The grammar of RFC 6455 (9.1) and the negotiation of RFC 7692 (7.1), written down a
 * second time, by regular expressions that cannot backtrack.
 */
final class OffersModel {

	private static final String BLANKS = "[ \\t]*+";

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

	private static final String QUOTED = "\"(?:\\\\.|[^\"\\\\])*+\"";

	private static final String PARAMETER = BLANKS + ";" + BLANKS + "(" + TOKEN + ")" + "(?:" + BLANKS + "=" + BLANKS
			+ "(" + TOKEN + "|" + QUOTED + "))?+";

	private static final Pattern NEXT_PARAMETER = Pattern.compile("\\G" + PARAMETER, Pattern.DOTALL);

	private static final Pattern NEXT_NAME = Pattern.compile("\\G" + BLANKS + "(" + TOKEN + ")");

	private static final Pattern NEXT_COMMA = Pattern.compile("\\G" + BLANKS + "(,|$)");

	private static final int MAX_TOKENS = 100;

	private OffersModel() {
	}

	/**
	 * Reads the lines of the field.
	 * @param lines its values
	 * @return each offer as its name and its parameters, those with a value with an
	 * equals sign in between; null if the field is malformed
	 */
	static @Nullable List<List<String>> read(List<String> lines) {
		String line = String.join(",", lines);
		List<List<String>> offers = new ArrayList<>();
		for (int at = 0; at <= line.length();) {
			Matcher name = NEXT_NAME.matcher(line);
			if (name.find(at)) {
				List<String> offer = new ArrayList<>(List.of(name.group(1)));
				at = parameters(line, name.end(), offer);
				offers.add(offer);
			}
			Matcher comma = NEXT_COMMA.matcher(line);
			if (!comma.find(at)) {
				return null;
			}
			at = comma.group(1).isEmpty() ? line.length() + 1 : comma.end();
		}
		List<String> all = offers.stream().flatMap(List::stream).toList();
		long tokens = all.size() + all.stream().filter((each) -> each.contains("=")).count();
		return (tokens > MAX_TOKENS || all.stream().anyMatch((each) -> each.endsWith("="))) ? null : offers;
	}

	private static int parameters(String line, int from, List<String> offer) {
		int at = from;
		Matcher parameter = NEXT_PARAMETER.matcher(line);
		while (parameter.find(at)) {
			String value = parameter.group(2);
			offer.add(parameter.group(1) + ((value != null) ? "=" + unquoted(value) : ""));
			at = parameter.end();
		}
		return at;
	}

	private static String unquoted(String value) {
		if (!value.startsWith("\"")) {
			return value;
		}
		String text = value.substring(1, value.length() - 1).replaceAll("(?s)\\\\(.)", "$1");
		return text.matches(TOKEN) ? text : "";
	}

	/** The first offer that may be accepted, without its name; null if there is none. */
	static @Nullable Set<String> acceptable(List<List<String>> offers) {
		for (List<String> offer : offers) {
			List<String> parameters = offer.subList(1, offer.size());
			Set<String> distinct = new LinkedHashSet<>(parameters);
			long names = parameters.stream().map((each) -> each.replaceFirst("=.*", "")).distinct().count();
			if (offer.get(0).equals("permessage-deflate") && names == parameters.size()
					&& parameters.stream().allMatch(OffersModel::isKnown)) {
				return distinct;
			}
		}
		return null;
	}

	private static boolean isKnown(String parameter) {
		return parameter.matches("(server|client)_no_context_takeover|client_max_window_bits"
				+ "|(server|client)_max_window_bits=([89]|1[0-5])");
	}

}
