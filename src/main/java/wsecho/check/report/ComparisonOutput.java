package wsecho.check.report;

import java.util.List;

import wsecho.check.client.Route;

/**
 * What differs between two addresses, for people.
 *
 * @param text prints
 */
record ComparisonOutput(Paragraphs text) implements Output {

	@Override
	public void begin(List<Route> routes) {
		this.text.heading("wsecho " + Version.text() + " compares the path to " + routes.get(0) + " with the path to "
				+ routes.get(1));
	}

	@Override
	public void finish(List<Report> reports) {
		if (reports.stream().anyMatch((report) -> !report.complete())) {
			this.text.line("Interrupted.");
		}
		Comparison comparison = new Comparison(reports.get(0), reports.get(1));
		comparison.differences().forEach((pair) -> {
			this.text.result(pair.first());
			this.text.detail("there", pair.second().verdict().text() + ", " + pair.second().text());
			this.text.explanation(pair.worse());
		});
		this.text.line(comparison.text());
	}

}
