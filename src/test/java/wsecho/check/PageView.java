package wsecho.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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

	private PageView() {
	}

	static void says(Checked checked, String id, Verdict verdict, String regex) {
		Table table = Table.load();
		Result result = checked.results()
			.stream()
			.filter((one) -> one.check().id().equals(id))
			.findFirst()
			.orElseThrow();
		Facts known = new Facts().put("open.answer", "1006").putAll(result.facts().get(0));
		List<String> unknown = table.only().getOrDefault("cli", List.of());
		known.asMap().keySet().removeIf((fact) -> unknown.stream().anyMatch((name) -> fits(fact, name)));
		Finding finding = new Evaluator(table).evaluate(result.check(), known, new Values(Map.of("slow", 5000L)));
		assertThat(finding.verdict() + " " + finding.text()).matches(verdict + " " + regex);
	}

	private static boolean fits(String fact, String name) {
		return fact.matches(Pattern.quote(name).replace("*", "\\E.*\\Q"));
	}

}
