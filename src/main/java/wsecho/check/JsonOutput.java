package wsecho.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Results for programs, as one document. Members are only ever added.
 *
 * @param version of this form
 * @param wsecho the version of the command
 * @param target what was checked
 * @param started when
 * @param complete false if it was interrupted
 * @param checks the results
 */
@JsonPropertyOrder({ "version", "wsecho", "target", "started", "complete", "checks" })
record JsonOutput(int version, String wsecho, String target, Instant started, boolean complete, List<Row> checks) {

	static String of(String version, Target target, Instant started, boolean complete, List<Result> results) {
		return Table.JSON.writerWithDefaultPrettyPrinter()
			.writeValueAsString(new JsonOutput(1, version, target.toString(), started, complete,
					results.stream().map(Row::of).toList()));
	}

	/**
	 * The result of a check.
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
	record Row(String id, String group, Verdict verdict, String text, String why, @Nullable String set, String article,
			long millis, List<Map<String, Object>> facts) {

		static Row of(Result result) {
			Check check = result.check();
			return new Row(check.id(), check.group(), result.verdict(), result.text(), check.matters(), result.set(),
					check.article(), result.millis(), result.facts().stream().map(Facts::asMap).toList());
		}

	}

}
