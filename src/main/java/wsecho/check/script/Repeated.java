package wsecho.check.script;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import wsecho.check.client.Client;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Sessions one after the other, until one does not open or the time is over.
 *
 * @param client opens them
 * @param values those that steps name
 */
record Repeated(Client client, Values values) {

	void run(Step step, Facts facts) throws InterruptedException {
		long start = System.nanoTime();
		Duration within = step.time("within", this.values);
		int times = step.number("times");
		int tried = 0;
		int opened = 0;
		long took = 0;
		Facts last = new Facts();
		while (opened == tried && tried < times && took < within.toNanos()) {
			last = new Script(this.client, this.values).run(step.steps());
			tried++;
			if (Boolean.TRUE.equals(last.get("open.ok"))) {
				opened++;
				took = System.nanoTime() - start;
			}
		}
		facts.putAll(last).put("repeat.tried", tried).put("repeat.opened", opened);
		facts.put("repeat.ms", TimeUnit.NANOSECONDS.toMillis(took));
	}

}
