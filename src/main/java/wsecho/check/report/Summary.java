package wsecho.check.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/**
 * What all checks have come to.
 *
 * @param results theirs, in order
 */
public record Summary(List<Result> results) {

	private static final int COULD_NOT_CHECK = 3;

	long count(Verdict verdict) {
		return this.results.stream().filter((result) -> result.verdict() == verdict).count();
	}

	/** Counts, and the one check to look at first. */
	String text() {
		return counts() + first();
	}

	String counts() {
		String counts = Arrays.stream(Verdict.values())
			.filter((verdict) -> count(verdict) > 0)
			.map((verdict) -> count(verdict) + " " + verdict.text())
			.collect(Collectors.joining(", "));
		return this.results.size() + ((this.results.size() == 1) ? " check: " : " checks: ") + counts + ".";
	}

	private String first() {
		return this.results.stream()
			.filter(Result::needsExplaining)
			.max(Comparator.comparing(Result::verdict).thenComparing((one) -> -this.results.indexOf(one)))
			.map((result) -> " Look first at " + result.check().id() + ".")
			.orElse("");
	}

	/**
	 * 3 if there was no connection, 1 if something failed, and with strict if something
	 * is in doubt; else 0.
	 */
	public int exitCode(boolean strict) {
		if (this.results.stream().anyMatch(Result::isNoConnection)) {
			return COULD_NOT_CHECK;
		}
		boolean doubt = count(Verdict.CHANGED) + count(Verdict.CANT_TELL) > 0;
		return (count(Verdict.FAILED) > 0 || (strict && doubt)) ? 1 : 0;
	}

}
