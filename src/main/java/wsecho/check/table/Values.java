package wsecho.check.table;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that steps, rules and texts name in braces.
 *
 * @param byName those of the command line, and of one round of a check
 */
public record Values(Map<String, Object> byName) {

	private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

	/** These and more. */
	public Values with(Map<String, Object> more) {
		Map<String, Object> all = new HashMap<>(this.byName);
		more.forEach((name, value) -> all.put(name, (value instanceof Integer number) ? number.longValue() : value));
		return new Values(all);
	}

	static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	/** A text with its names replaced; the value itself if it is nothing but a name. */
	Object resolve(String text) {
		return isName(text) ? this.byName.getOrDefault(text.substring(1, text.length() - 1), text) : replace(text);
	}

	/** A text with its names replaced. */
	String replace(String text) {
		return NAME.matcher(text).replaceAll(this::replacement);
	}

	private String replacement(MatchResult name) {
		return Matcher.quoteReplacement(this.byName.getOrDefault(name.group(1), name.group()).toString());
	}

}
