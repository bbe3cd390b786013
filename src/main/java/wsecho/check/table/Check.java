package wsecho.check.table;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param id its name, which never changes
 * @param group what it belongs to
 * @param runs which runners can do it: page, cli
 * @param needs the names of what it needs
 * @param beside whether it runs beside the others from the start
 * @param onDemand whether it is only run if it is named
 * @param asks its question
 * @param matters why
 * @param each the values of each of its rounds
 * @param steps what is done
 * @param rules what it comes to, the first that holds
 * @param says the texts, by name
 * @param sets what to set, by the name of the text and by product
 */
public record Check(String id, String group, List<String> runs, List<String> needs, @Nullable Boolean beside,
		@JsonProperty("on-demand") @Nullable Boolean onDemand, String asks, String matters,
		List<Map<String, Object>> each, List<Step> steps, List<Rule> rules, Map<String, String> says,
		Map<String, Map<String, String>> sets) {

	/** Comes before all others, which cannot be run if it fails. */
	static final String FIRST = "connection";

	public Check {
		runs = Objects.requireNonNullElse(runs, List.of("page", "cli"));
		each = Objects.requireNonNullElse(each, List.of(Map.of()));
		beside = Boolean.TRUE.equals(beside);
		onDemand = Boolean.TRUE.equals(onDemand);
		sets = Objects.requireNonNullElse(sets, Map.of());
	}

	public boolean isBeside() {
		return Boolean.TRUE.equals(this.beside);
	}

	public boolean isOnDemand() {
		return Boolean.TRUE.equals(this.onDemand);
	}

	/** Whether it waits for the idle time. */
	public boolean isIdle() {
		return this.needs.contains("time");
	}

	/** Where its article is. */
	public String article() {
		return "src/main/docs/checks.md#" + this.id;
	}

}
