package wsecho.check.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import wsecho.check.client.Client;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Finds out up to which size messages pass: first by those that are named, each in a
 * session of its own, and if one does not by halving the interval.
 *
 * @param client opens the sessions
 * @param values those that steps name
 */
record Sizes(Client client, Values values) {

	void run(Step step, Facts facts) throws InterruptedException {
		List<Integer> sizes = step.sizes(this.values);
		int tried = 0;
		boolean passes = true;
		while (passes && tried < sizes.size()) {
			Facts seen = probe(step, sizes.get(tried));
			passes = isPassed(seen);
			facts.putAll(seen);
			tried++;
		}
		int same = passes ? tried : tried - 1;
		facts.put("echo.sent", tried).put("echo.same", same);
		if (same > 0) {
			facts.put("echo.largest", sizes.get(same - 1));
		}
		if (!passes && Boolean.TRUE.equals(facts.get("open.ok"))) {
			halve(step, (same > 0) ? sizes.get(same - 1) : -1, sizes.get(same), facts);
		}
	}

	private void halve(Step step, int largest, int smallest, Facts facts) throws InterruptedException {
		Duration within = step.time("within", this.values);
		long until = System.nanoTime() + within.toNanos();
		int passed = largest;
		int failed = smallest;
		while (failed - passed > 1 && System.nanoTime() < until) {
			int size = passed + (failed - passed) / 2;
			Facts seen = probe(step, size);
			if (!Boolean.TRUE.equals(seen.get("open.ok"))) {
				break;
			}
			if (isPassed(seen)) {
				passed = size;
				facts.put("echo.largest", size);
			}
			else {
				failed = size;
			}
		}
		facts.put("echo.failed-size", failed);
	}

	private Facts probe(Step step, int size) throws InterruptedException {
		return new Script(this.client, this.values.with(Map.of("bytes", size))).run(step.steps());
	}

	private static boolean isPassed(Facts seen) {
		return Boolean.TRUE.equals(seen.get("probe.answered"));
	}

}
