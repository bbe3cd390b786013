package wsecho.check.table;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was seen, and what is to be said of it.
 *
 * @param check the name of the check
 * @param values those that steps name, where they are not the usual ones
 * @param facts what was seen
 * @param verdict what it comes to
 * @param text in what words
 */
public record Case(String check, Map<String, Object> values, Map<String, Object> facts, Verdict verdict,
		@JsonProperty("text") String text) {

	/** All of them. */
	public static List<Case> corpus() {
		return List.of(JsonMapper.shared()
			.readValue(Objects.requireNonNull(Case.class.getResourceAsStream("corpus.json")), Case[].class));
	}

	boolean isAsExpected(Table table) {
		Check check = table.checks().stream().filter((one) -> one.id().equals(this.check)).findFirst().orElseThrow();
		Facts seen = new Facts();
		this.facts.forEach(seen::put);
		Values values = new Values(Map.of("idle", 65_000L, "ping", "21s", "slow", 20_000L, "quiet", 32_000L))
			.with(this.values);
		try {
			Finding finding = new Evaluator(table).evaluate(check, seen, values);
			return finding.verdict() == this.verdict && finding.text().equals(this.text);
		}
		catch (NoSuchElementException ex) {
			return false;
		}
	}

}
