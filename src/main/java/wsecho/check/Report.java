package wsecho.check;

import java.time.Instant;
import java.util.List;

/**
 * What one run has come to.
 *
 * @param route to what was checked
 * @param started when
 * @param complete false if it was interrupted
 * @param results the results, in the order of the table
 */
record Report(Route route, Instant started, boolean complete, List<Result> results) {

	Summary summary() {
		return new Summary(this.results);
	}

}
