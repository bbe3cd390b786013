package wsecho.check.table;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What a check has come to.
 *
 * @param check the check
 * @param findings of each round
 * @param facts of each round
 * @param millis how long it took
 */
public record Result(Check check, List<Finding> findings, List<Facts> facts, long millis) {

	public static Result notRun(Check check, String reason) {
		return new Result(check, List.of(Finding.notRun(reason)), List.of(), 0);
	}

	public Verdict verdict() {
		return worst().verdict();
	}

	private Finding worst() {
		return this.findings.stream().max(Comparator.comparing(Finding::verdict)).orElseThrow();
	}

	/** What was seen, of the rounds that decide. */
	public String text() {
		return this.findings.stream()
			.filter((finding) -> finding.verdict() == verdict())
			.map(Finding::text)
			.distinct()
			.collect(Collectors.joining(" "));
	}

	/** The names of the texts, by which results can be compared. */
	public Set<String> says() {
		return this.findings.stream()
			.map((finding) -> finding.verdict() + " " + finding.say())
			.collect(Collectors.toSet());
	}

	/** What to set, one text. */
	public @Nullable String set() {
		String set = worst().set()
			.entrySet()
			.stream()
			.map((product) -> product.getKey().equals("any") ? product.getValue()
					: product.getKey() + ": " + product.getValue())
			.collect(Collectors.joining(" | "));
		return set.isEmpty() ? null : set;
	}

	/** Whether there is no connection, so that nothing else can be seen. */
	public boolean isNoConnection() {
		return this.check.id().equals(Check.FIRST) && verdict() == Verdict.FAILED;
	}

	/** Why it matters, if something is to be explained. */
	public boolean needsExplaining() {
		return verdict() != Verdict.PASS && verdict() != Verdict.NOT_RUN;
	}

}
