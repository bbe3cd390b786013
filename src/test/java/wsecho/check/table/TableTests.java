package wsecho.check.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** That the table is whole, and that each of its rules decides a case of the corpus. */
class TableTests {

	private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9.-]+)(?:\\|([a-z]+))?}");

	private static final Set<String> VALUES = Set.of("idle", "ping", "slow", "code", "reason", "size", "sent", "by",
			"method", "cookies", "name", "quiet", "life", "beat", "patience");

	private static final Set<String> VERBS = Set.of("open", "send", "receive", "wait", "close", "break", "ask", "get",
			"together", "repeat", "sizes", "connect", "stay", "stream", "events", "request", "post", "held", "affinity",
			"hub");

	private final Table table = Table.load();

	@Test
	void idsAreUnique() {
		assertThat(this.table.checks()).extracting(Check::id).doesNotHaveDuplicates().hasSizeGreaterThan(10);
	}

	@Test
	void everyVerbIsKnown() {
		Stream<Step> steps = this.table.checks()
			.stream()
			.flatMap((check) -> check.steps().stream())
			.flatMap((step) -> Stream.concat(Stream.of(step), step.steps().stream()));
		assertThat(steps.map(Step::verb)).isSubsetOf(VERBS);
	}

	@Test
	void everyFactOfARuleIsDeclared() {
		List<Condition> conditions = new ArrayList<>();
		this.table.checks()
			.forEach((check) -> this.table.rulesOf(check).forEach((rule) -> conditions.addAll(rule.conditions())));
		this.table.needs().values().forEach((need) -> conditions.addAll(need.conditions()));
		assertThat(conditions).hasSizeGreaterThan(100).allSatisfy((condition) -> {
			assertThat(Values.isName(condition.fact()) || this.table.facts().containsKey(condition.fact()))
				.as(condition.fact())
				.isTrue();
			if (condition.operator() == Operator.SAME_AS || condition.operator() == Operator.DIFFERS_FROM) {
				assertThat(this.table.facts()).containsKey((String) condition.operand());
			}
		});
	}

	@Test
	void aRunnerAloneFillsFactsThatThereAre() {
		assertThat(this.table.only()).containsOnlyKeys("cli", "page");
		this.table.only()
			.values()
			.forEach((names) -> assertThat(names)
				.allSatisfy((name) -> assertThat(this.table.facts().keySet()).anyMatch((fact) -> fits(fact, name))));
	}

	@Test
	void aCheckThatBothRunCanBePassedByTheFactsOfEither() {
		for (Check check : this.table.checks()) {
			assertThat(check.runs()).as(check.id()).isNotEmpty().isSubsetOf("page", "cli");
			for (String runner : check.runs()) {
				String other = runner.equals("cli") ? "page" : "cli";
				assertThat(this.table.rulesOf(check).filter((rule) -> rule.then() == Verdict.PASS)).as(check.id())
					.anyMatch((rule) -> rule.conditions()
						.stream()
						.noneMatch((condition) -> isOnlyOf(other, condition.fact())));
			}
		}
	}

	private boolean isOnlyOf(String runner, String fact) {
		return Objects.requireNonNull(this.table.only().get(runner)).stream().anyMatch((name) -> fits(fact, name));
	}

	private static boolean fits(String fact, String name) {
		return fact.matches(Pattern.quote(name).replace("*", "\\E.*\\Q"));
	}

	@Test
	void everyTextIsSaidAndNamesWhatThereIs() {
		for (Check check : this.table.checks()) {
			Set<String> said = this.table.rulesOf(check).map(Rule::say).collect(Collectors.toSet());
			assertThat(check.says().keySet()).as(check.id()).isSubsetOf(said);
			assertThat(check.sets().keySet()).as(check.id()).isSubsetOf(said);
			assertThat(said).allSatisfy((say) -> assertThat(text(check, say)).isNotBlank());
			said.forEach((say) -> PLACE.matcher(text(check, say))
				.results()
				.forEach((place) -> assertThat(
						VALUES.contains(place.group(1)) || this.table.facts().containsKey(place.group(1)))
					.as(place.group())
					.isTrue()));
		}
	}

	private String text(Check check, String say) {
		return check.says().getOrDefault(say, this.table.says().getOrDefault(say, ""));
	}

	@Test
	void theLastRuleOfEachCheckAlwaysHoldsAndNoOtherDoes() {
		assertThat(this.table.checks()).allSatisfy((check) -> {
			List<Rule> rules = this.table.rulesOf(check).toList();
			assertThat(rules.get(rules.size() - 1).conditions()).isEmpty();
			assertThat(rules.subList(0, rules.size() - 1)).noneMatch((rule) -> rule.conditions().isEmpty());
		});
	}

	@Test
	void everyCheckHasAnArticle() throws IOException {
		String articles = Files.readString(Path.of("src/main/docs/checks.md"));
		assertThat(this.table.checks())
			.allSatisfy((check) -> assertThat(articles).contains("\n## " + check.id() + "\n"));
		assertThat(Pattern.compile("(?m)^## .*$").matcher(articles).results()).hasSameSizeAs(this.table.checks());
	}

	@TestFactory
	Stream<DynamicTest> theCorpusHasTheseVerdictsAndTexts() {
		return Case.corpus()
			.stream()
			.map((one) -> DynamicTest.dynamicTest(one.check() + ": " + one.text(),
					() -> assertThat(one.isAsExpected(this.table)).isTrue()));
	}

	@TestFactory
	Stream<DynamicTest> withoutAnyOfTheRulesACaseOfTheCorpusBreaks() {
		List<Case> corpus = Case.corpus();
		List<DynamicTest> tests = new ArrayList<>();
		for (Check check : this.table.checks()) {
			for (Rule rule : check.rules()) {
				tests.add(DynamicTest.dynamicTest(check.id() + ": " + rule.say() + rule.use(),
						() -> assertThat(corpus).anyMatch((one) -> !one.isAsExpected(without(check, rule)))));
			}
		}
		this.table.rules()
			.forEach(
					(name, rules) -> rules.forEach((rule) -> tests.add(DynamicTest.dynamicTest(name + ": " + rule.say(),
							() -> assertThat(corpus).anyMatch((one) -> !one.isAsExpected(without(name, rule)))))));
		assertThat(tests).hasSizeGreaterThan(90);
		return tests.stream();
	}

	private Table without(Check check, Rule rule) {
		List<Rule> rules = new ArrayList<>(check.rules());
		rules.removeIf((one) -> one.equals(rule));
		Check less = new Check(check.id(), check.group(), check.runs(), check.needs(), check.beside(), check.onDemand(),
				check.asks(), check.matters(), check.each(), check.steps(), rules, check.says(), check.sets());
		List<Check> checks = this.table.checks().stream().map((one) -> one.equals(check) ? less : one).toList();
		return table(this.table.rules(), checks);
	}

	private Table without(String name, Rule rule) {
		List<Rule> rules = new ArrayList<>(Objects.requireNonNull(this.table.rules().get(name)));
		rules.removeIf((one) -> one.equals(rule));
		Map<String, List<Rule>> shared = new HashMap<>(this.table.rules());
		shared.put(name, rules);
		return table(shared, this.table.checks());
	}

	private Table table(Map<String, List<Rule>> rules, List<Check> checks) {
		return new Table(this.table.version(), this.table.facts(), this.table.only(), this.table.times(),
				this.table.names(), this.table.needs(), rules, this.table.says(), this.table.sets(), checks);
	}

	@Test
	void theCorpusUsesDeclaredFactsOfTheirTypesOnly() {
		Map<String, Class<?>> types = Map.of("text", String.class, "number", Integer.class, "flag", Boolean.class);
		for (Case one : Case.corpus()) {
			one.facts()
				.forEach((name, value) -> assertThat(value).as(name)
					.isInstanceOf(Objects.requireNonNull(types.get(this.table.facts().get(name)))));
		}
	}

	@Test
	void sharedTextsAreAllSaid() {
		Set<String> said = new HashSet<>();
		this.table.rules().values().forEach((rules) -> rules.forEach((rule) -> said.add(rule.say())));
		assertThat(this.table.says().keySet()).isEqualTo(said);
		assertThat(said).containsAll(this.table.sets().keySet());
	}

}
