package wsecho.check.report;

import java.util.List;

import wsecho.check.client.Route;
import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/**
 * Results for people, a line and more each.
 *
 * @param text prints
 * @param quiet whether what passed is left out
 */
record TextOutput(Paragraphs text, boolean quiet) implements Output {

	@Override
	public void begin(List<Route> routes) {
		this.text.heading("wsecho " + Version.text() + " checks the path to " + routes.get(0));
	}

	@Override
	public void ended(Route route, Result result) {
		if (!this.quiet || result.verdict() != Verdict.PASS) {
			this.text.result(result);
			this.text.explanation(result);
		}
	}

	@Override
	public void finish(List<Report> reports) {
		Report report = reports.get(0);
		if (!report.complete()) {
			this.text.line("Interrupted.");
		}
		this.text.line(report.summary().text());
	}

}
