package wsecho.check.report;

import java.util.List;
import java.util.stream.Collectors;

import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/**
 * Results of the same checks at two addresses.
 *
 * @param first those of the one
 * @param second those of the other, which is past a part of the way
 */
record Comparison(Report first, Report second) {

	/** The checks that have come to something else. */
	List<Pair> differences() {
		return pairs().stream().filter(Pair::differ).toList();
	}

	private List<Pair> pairs() {
		return this.first.results()
			.stream()
			.flatMap((one) -> this.second.results()
				.stream()
				.filter((other) -> other.check().id().equals(one.check().id()))
				.map((other) -> new Pair(one, other)))
			.toList();
	}

	/** Where the cause of what differs lies, and how much does not. */
	String text() {
		List<Pair> differences = differences();
		String worseHere = ids(differences, 1);
		String worseThere = ids(differences, -1);
		return hop(worseHere, this.first, this.second) + hop(worseThere, this.second, this.first) + same(differences);
	}

	private static String ids(List<Pair> pairs, int sign) {
		return pairs.stream()
			.filter((pair) -> Integer.signum(pair.order()) == sign)
			.map((pair) -> pair.first().check().id())
			.collect(Collectors.joining(", "));
	}

	private static String hop(String ids, Report worse, Report better) {
		return ids.isEmpty() ? "" : "Worse at " + worse.route().target() + ": " + ids
				+ ". The cause lies on the way there, and not on that to " + better.route().target() + ". ";
	}

	private String same(List<Pair> differences) {
		List<Result> same = pairs().stream()
			.filter((pair) -> pair.bothRun() && !pair.differ())
			.map(Pair::first)
			.toList();
		Summary summary = new Summary(same);
		String lead = differences.isEmpty() ? "Nothing differs: " : "The same at both: ";
		String failed = (summary.count(Verdict.FAILED) > 0)
				? " What fails at both lies on the common part of the way, or at the server." : "";
		return lead + summary.counts() + failed + notRun();
	}

	private String notRun() {
		long count = pairs().stream().filter((pair) -> !pair.bothRun()).count();
		return (count > 0) ? " Not run at one or both: " + count + "." : "";
	}

	/**
	 * The results of one check.
	 *
	 * @param first at the one address
	 * @param second at the other
	 */
	record Pair(Result first, Result second) {

		// that one was not run says nothing of the way; why it was not does
		boolean bothRun() {
			return this.first.verdict() != Verdict.NOT_RUN && this.second.verdict() != Verdict.NOT_RUN;
		}

		boolean differ() {
			return bothRun() && !this.first.says().equals(this.second.says());
		}

		/** Above 0 if the first is worse, below if the second is. */
		int order() {
			return this.first.verdict().compareTo(this.second.verdict());
		}

		Result worse() {
			return (order() < 0) ? this.second : this.first;
		}

	}

}
