package wsecho.check.report;

import java.time.Instant;
import java.util.List;

import wsecho.check.client.Route;
import wsecho.check.table.Result;

/**
 * What one run has come to.
 *
 * @param route to what was checked
 * @param started when
 * @param complete false if it was interrupted
 * @param results the results, in the order of the table
 */
public record Report(Route route, Instant started, boolean complete, List<Result> results) {

	public Summary summary() {
		return new Summary(this.results);
	}

}
