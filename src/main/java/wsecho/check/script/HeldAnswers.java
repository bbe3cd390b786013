package wsecho.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import wsecho.check.client.Client;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Answers that the server holds for as long as it is asked to, at once: those of the
 * times that are not longer than the idle time, or one of that time if all are.
 *
 * @param client asks for them
 * @param values those that steps name
 */
record HeldAnswers(Client client, Values values) {

	// what a timer may come earlier here than at the server
	private static final long EARLY = 500;

	// after which an answer that is due is not waited for any more
	private static final long PATIENCE = 5000;

	void run(Step step, Facts facts) {
		List<CompletableFuture<Held>> all = new ArrayList<>();
		for (long time : times(step)) {
			all.add(CompletableFuture.supplyAsync(() -> held(time, step.steps()), Threads.EACH));
		}
		List<Held> answers = all.stream().map(CompletableFuture::join).toList();
		Held shown = answers.stream().filter((one) -> !one.isAnswered()).findFirst().orElse(answers.get(0));
		facts.putAll(shown.facts());
		facts.put("machine.slept", answers.stream().anyMatch((one) -> one.is("machine.slept")));
		facts.put("held.asked", answers.get(answers.size() - 1).time());
		answers.stream().filter(Held::isAnswered).forEach((one) -> facts.put("held.longest", one.time()));
		if (!shown.isAnswered()) {
			facts.put("held.failed", shown.time());
			facts.put("held.early", facts.number("held.ms", 0) < shown.time() - EARLY);
		}
	}

	private List<Long> times(Step step) {
		long most = step.time("most", this.values).toMillis();
		List<Long> times = step.texts("times")
			.stream()
			.map((time) -> Step.time(time).toMillis())
			.filter((time) -> time <= most)
			.toList();
		return times.isEmpty() ? List.of(most) : times;
	}

	private Held held(long time, List<Step> steps) {
		try {
			Values values = this.values.with(Map.of("hold", time, "patience", time + PATIENCE));
			return new Held(time, new Script(this.client, values).run(steps));
		}
		catch (InterruptedException ex) {
			throw new CompletionException(ex);
		}
	}

	/**
	 * One.
	 *
	 * @param time how long it was to be held, in milliseconds
	 * @param facts what was seen
	 */
	private record Held(long time, Facts facts) {

		boolean isAnswered() {
			return is("probe.answered") && this.facts.number("held.ms", 0) >= this.time - EARLY;
		}

		boolean is(String fact) {
			return Boolean.TRUE.equals(this.facts.get(fact));
		}

	}

}
