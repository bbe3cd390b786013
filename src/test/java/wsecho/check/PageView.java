package wsecho.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import wsecho.check.table.Check;
import wsecho.check.table.Evaluator;
import wsecho.check.table.Facts;
import wsecho.check.table.Finding;
import wsecho.check.table.Result;
import wsecho.check.table.Table;
import wsecho.check.table.Values;
import wsecho.check.table.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** What the table says of a check if only what a browser can know is known. */
final class PageView {

	private static final Values VALUES = new Values(Map.of("idle", 3000L, "ping", "1s", "slow", 5000L, "quiet", 3000L));

	private PageView() {
	}

	static void says(Checked checked, String id, Verdict verdict, String regex) {
		Result result = of(checked.result(id));
		assertThat(result.verdict() + " " + result.text()).matches(verdict + " " + regex);
	}

	static Result of(Result result) {
		Table table = Table.load();
		Check check = result.check();
		List<Finding> findings = new ArrayList<>();
		for (int round = 0; round < result.facts().size(); round++) {
			Facts known = known(table, result.facts().get(round));
			findings.add(new Evaluator(table).evaluate(check, known, VALUES.with(check.each().get(round))));
		}
		return findings.isEmpty() ? result : new Result(check, findings, result.facts(), result.millis());
	}

	private static Facts known(Table table, Facts all) {
		Facts known = new Facts().putAll(all);
		List<String> unknown = table.only().getOrDefault("cli", List.of());
		known.asMap().keySet().removeIf((fact) -> unknown.stream().anyMatch((name) -> fits(fact, name)));
		// of any refusal it is told that there is no session
		if (!Boolean.TRUE.equals(all.get("open.ok")) && !"no answer".equals(all.get("open.answer"))) {
			known.put("open.answer", "1006");
		}
		return known;
	}

	private static boolean fits(String fact, String name) {
		return fact.matches(Pattern.quote(name).replace("*", "\\E.*\\Q"));
	}

}
