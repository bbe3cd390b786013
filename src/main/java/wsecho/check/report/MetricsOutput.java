package wsecho.check.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/**
 * Results as metrics, in a file for the textfile collector of node_exporter.
 *
 * @param file the file, which is never seen half written
 */
record MetricsOutput(Path file) implements Output {

	@Override
	public void finish(List<Report> reports) throws IOException {
		Path part = this.file.resolveSibling(this.file.getFileName() + ".part");
		Files.writeString(part, text(reports));
		Files.move(part, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static String text(List<Report> reports) {
		return family("wsecho_check", "Whether a check of the path came to this verdict.",
				samples(reports, MetricsOutput::verdicts))
				+ family("wsecho_check_seconds", "How long a check took.",
						samples(reports,
								(labels, result) -> Stream.of(sample("wsecho_check_seconds", labels, result.millis()))))
				+ family("wsecho_path_cut_after_seconds", "After how long the path ended sessions of a check.",
						samples(reports, MetricsOutput::cuts))
				+ family("wsecho_check_last_run_timestamp_seconds", "When the checks were last begun.",
						reports.stream()
							.map((report) -> sample("wsecho_check_last_run_timestamp_seconds", target(report),
									report.started().toEpochMilli())));
	}

	private static String family(String name, String help, Stream<String> samples) {
		String lines = samples.collect(Collectors.joining());
		return lines.isEmpty() ? "" : "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n" + lines;
	}

	private static Stream<String> samples(List<Report> reports, Samples samples) {
		return reports.stream()
			.flatMap((report) -> report.results()
				.stream()
				.flatMap((result) -> samples.of(target(report) + ",id=\"" + result.check().id() + "\"", result)));
	}

	private static String target(Report report) {
		return "target=\"" + report.route().target() + "\"";
	}

	// a state set: each verdict is a series, and one of them is 1
	private static Stream<String> verdicts(String labels, Result result) {
		return Stream.of(Verdict.values())
			.map((verdict) -> sample("wsecho_check", labels + ",verdict=\"" + verdict.text() + "\"",
					(verdict == result.verdict()) ? 1000 : 0));
	}

	private static Stream<String> cuts(String labels, Result result) {
		return result.facts()
			.stream()
			.filter((facts) -> facts.has("lives.cut.max"))
			.map((facts) -> sample("wsecho_path_cut_after_seconds", labels, facts.number("lives.cut.max", 0)));
	}

	private static String sample(String name, String labels, long thousandths) {
		return String.format(Locale.ROOT, "%s{%s} %.3f%n", name, labels, thousandths / 1000.0);
	}

	/** What is told of one result. */
	private interface Samples {

		Stream<String> of(String labels, Result result);

	}

}
