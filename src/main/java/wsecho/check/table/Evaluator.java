package wsecho.check.table;

import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes verdicts of facts, by the table alone.
 *
 * @param table the table
 */
public record Evaluator(Table table) {

	private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9.-]+)(?:\\|([a-z]+))?}");

	/** The first rule that holds, in words. */
	public Finding evaluate(Check check, Facts facts, Values values) {
		Rule rule = this.table.rulesOf(check)
			.filter((candidate) -> holds(candidate, facts, values))
			.findFirst()
			.orElseThrow();
		String say = Objects.requireNonNull(rule.say());
		Map<String, String> set = check.says().containsKey(say) ? check.sets().getOrDefault(say, Map.of())
				: this.table.sets().getOrDefault(say, Map.of());
		return new Finding(Objects.requireNonNull(rule.then()), say, render(text(check, say), facts, values), set);
	}

	private boolean holds(Rule rule, Facts facts, Values values) {
		return rule.conditions().stream().allMatch((condition) -> condition.holds(facts, values, this.table));
	}

	private String text(Check check, String say) {
		String text = check.says().getOrDefault(say, this.table.says().get(say));
		return Objects.requireNonNull(text, say);
	}

	private String render(String text, Facts facts, Values values) {
		return PLACE.matcher(text).replaceAll((place) -> Matcher.quoteReplacement(fill(place, facts, values)));
	}

	private String fill(MatchResult place, Facts facts, Values values) {
		Object value = facts.get(place.group(1));
		Object shown = (value != null) ? value : values.byName().get(place.group(1));
		return (shown != null) ? format(shown, place.group(2)) : "";
	}

	private String format(Object value, @Nullable String format) {
		if (format == null) {
			return Format.plain(value.toString());
		}
		if (value instanceof String text) {
			return String.join(", ", this.table.named(text, format));
		}
		long number = (long) value;
		return switch (format) {
			case "ms" -> number + " ms";
			case "s" -> Format.seconds(number);
			case "bytes" -> Format.bytes(number);
			default -> this.table.known(number, format);
		};
	}

}
