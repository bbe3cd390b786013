package wsecho.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all checks have come to.
 *
 * @param results theirs, in order
 */
record Summary(List<Result> results) {

	long count(Verdict verdict) {
		return this.results.stream().filter((result) -> result.verdict() == verdict).count();
	}

	/** Counts, and the one check to look at first. */
	String text() {
		String counts = Arrays.stream(Verdict.values())
			.filter((verdict) -> count(verdict) > 0)
			.map((verdict) -> count(verdict) + " " + verdict.text())
			.collect(Collectors.joining(", "));
		return this.results.size() + " checks: " + counts + "." + first();
	}

	private String first() {
		return this.results.stream()
			.filter(Result::needsExplaining)
			.max(Comparator.comparing(Result::verdict).thenComparing((one) -> -this.results.indexOf(one)))
			.map((result) -> " Look first at " + result.check().id() + ".")
			.orElse("");
	}

	/** 0 if nothing failed, and with strict nothing is in doubt either; else 1. */
	int exitCode(boolean strict) {
		boolean doubt = count(Verdict.CHANGED) + count(Verdict.CANT_TELL) > 0;
		return (count(Verdict.FAILED) > 0 || (strict && doubt)) ? 1 : 0;
	}

}
