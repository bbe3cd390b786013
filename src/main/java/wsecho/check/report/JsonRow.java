package wsecho.check.report;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import wsecho.check.table.Check;
import wsecho.check.table.Facts;
import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/**
 * The result of a check, as JSON.
 *
 * @param id its name
 * @param group what it belongs to
 * @param verdict pass, changed, failed, can't tell or not run
 * @param text what was seen
 * @param why why it matters
 * @param set what to set, if something is
 * @param article where more is told
 * @param millis how long it took
 * @param facts what was seen, of each round
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({ "id", "group", "verdict", "text", "why", "set", "article", "millis", "facts" })
record JsonRow(String id, String group, Verdict verdict, String text, String why, @Nullable String set, String article,
		long millis, List<Map<String, Object>> facts) {

	/** Of this form. */
	static final int VERSION = 1;

	static JsonRow of(Result result) {
		Check check = result.check();
		return new JsonRow(check.id(), check.group(), result.verdict(), result.text(), check.matters(), result.set(),
				check.article(), result.millis(), result.facts().stream().map(Facts::asMap).toList());
	}

}
