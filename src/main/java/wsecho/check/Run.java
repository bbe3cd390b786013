package wsecho.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import wsecho.check.client.Route;
import wsecho.check.report.Output;
import wsecho.check.report.Report;
import wsecho.check.script.Progress;
import wsecho.check.table.Check;
import wsecho.check.table.Result;

/** One run of the checks at one address. */
final class Run implements Progress {

	private final List<Result> results = new ArrayList<>();

	private final Instant started = Instant.now();

	private final Route route;

	private final List<Output> outputs;

	private final Status status;

	private boolean over;

	/**
	 * One run.
	 * @param route to what is checked
	 * @param outputs take each result
	 * @param status shows what is running
	 */
	Run(Route route, List<Output> outputs, Status status) {
		this.route = route;
		this.outputs = outputs;
		this.status = status;
	}

	Route route() {
		return this.route;
	}

	@Override
	public void began(Check check) {
		this.status.began(check);
	}

	@Override
	public synchronized void ended(Result result) {
		this.status.ended(result.check());
		if (!this.over) {
			this.results.add(result);
			this.outputs.forEach((output) -> output.ended(this.route, result));
			this.status.show();
		}
	}

	/** Ends it: what comes after is not taken. */
	synchronized Report finish(boolean complete) {
		this.over = true;
		return new Report(this.route, this.started, complete, List.copyOf(this.results));
	}

}
