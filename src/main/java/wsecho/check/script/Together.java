package wsecho.check.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import wsecho.check.client.Client;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Several sessions at once that do the same, each begun a little later.
 *
 * @param client opens them
 * @param values those that steps name
 */
record Together(Client client, Values values) {

	void run(Step step, Facts facts) {
		List<Step> steps = step.steps();
		Duration stagger = step.time("stagger", this.values);
		long start = System.nanoTime();
		List<CompletableFuture<Life>> lives = new ArrayList<>();
		for (int i = 0; i < step.number("sessions", this.values); i++) {
			Duration delay = stagger.multipliedBy(i);
			lives.add(CompletableFuture.supplyAsync(() -> live(steps, delay, start), Threads.EACH));
		}
		new Lives(lives.stream().map(CompletableFuture::join).toList()).addTo(facts);
	}

	private Life live(List<Step> steps, Duration delay, long start) {
		try {
			TimeUnit.NANOSECONDS.sleep(delay.toNanos());
			long began = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			return new Life(began, new Script(this.client, this.values).run(steps));
		}
		catch (InterruptedException ex) {
			throw new CompletionException(ex);
		}
	}

	/**
	 * One session.
	 *
	 * @param began when its handshake did, in milliseconds
	 * @param facts what it saw
	 */
	record Life(long began, Facts facts) {

		boolean isOpened() {
			return Boolean.TRUE.equals(this.facts.get("open.ok"));
		}

		boolean isCut() {
			return isOpened() && this.facts.has("end.how");
		}

		boolean isAlive() {
			return isOpened() && !isCut() && Boolean.TRUE.equals(this.facts.get("probe.answered"));
		}

		boolean isWitnessed() {
			return "found".equals(this.facts.get("server.state"));
		}

		boolean isDead() {
			return isOpened() && !isCut() && !isAlive();
		}

		long after() {
			return this.facts.number("end.after", 0);
		}

		/** When it ended, in milliseconds. */
		long ended() {
			return this.began + this.facts.number("open.ms", 0) + after();
		}

	}

}
