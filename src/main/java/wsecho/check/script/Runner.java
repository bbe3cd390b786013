package wsecho.check.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Client;
import wsecho.check.table.Check;
import wsecho.check.table.Evaluator;
import wsecho.check.table.Facts;
import wsecho.check.table.Finding;
import wsecho.check.table.Need;
import wsecho.check.table.Result;
import wsecho.check.table.Selection;
import wsecho.check.table.Table;
import wsecho.check.table.Values;

/**
 * Runs the checks of the table. It knows steps, facts and needs, and nothing of paths.
 */
public final class Runner {

	private final Client client;

	private final Table table;

	private final Values values;

	private final Selection selection;

	private final Progress progress;

	private final Map<String, Facts> seen = new HashMap<>();

	public Runner(Client client, Table table, Values values, Selection selection, Progress progress) {
		this.client = client;
		this.table = table;
		this.values = values;
		this.selection = selection;
		this.progress = progress;
	}

	public void run() throws InterruptedException {
		Set<String> first = this.table.needs()
			.values()
			.stream()
			.map(Need::check)
			.filter(Objects::nonNull)
			.filter(this.selection.ids()::contains)
			.collect(Collectors.toSet());
		List<Check> selected = this.table.checks()
			.stream()
			.filter((check) -> this.selection.ids().contains(check.id()))
			.toList();
		Map<Check, CompletableFuture<Result>> beside = new LinkedHashMap<>();
		for (Check check : selected) {
			if (check.isBeside()) {
				continue;
			}
			// after what they need, and before all that can wait
			if (beside.isEmpty() && this.seen.keySet().containsAll(first)) {
				startBeside(selected, beside);
			}
			Result result = result(check);
			this.progress.ended(result);
			if (result.isNoConnection()) {
				return;
			}
		}
		startBeside(selected, beside);
		beside.values().forEach((later) -> this.progress.ended(later.join()));
	}

	private void startBeside(List<Check> selected, Map<Check, CompletableFuture<Result>> beside) {
		selected.stream()
			.filter(Check::isBeside)
			.forEach((check) -> beside.computeIfAbsent(check,
					(one) -> CompletableFuture.supplyAsync(() -> uninterrupted(one), Threads.EACH)));
	}

	private Result uninterrupted(Check check) {
		try {
			return result(check);
		}
		catch (InterruptedException ex) {
			throw new CompletionException(ex);
		}
	}

	private Result result(Check check) throws InterruptedException {
		String missing = missing(check);
		if (missing != null) {
			return Result.notRun(check, missing);
		}
		this.progress.began(check);
		long start = System.nanoTime();
		List<Finding> findings = new ArrayList<>();
		List<Facts> facts = new ArrayList<>();
		for (Map<String, Object> round : check.each()) {
			Values all = this.values.with(round);
			Facts found = new Script(this.client, all).run(check.steps());
			found.retain(this.table.facts().keySet());
			found.replaceTexts(this.client.secrets()::hide);
			facts.add(found);
			findings.add(new Evaluator(this.table).evaluate(check, found, all));
		}
		this.seen.put(check.id(), facts.get(0));
		return new Result(check, findings, facts, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
	}

	private @Nullable String missing(Check check) {
		if (this.selection.skipped().contains(check.id())) {
			return "It was skipped.";
		}
		return check.needs()
			.stream()
			.map((name) -> Objects.requireNonNull(this.table.needs().get(name)))
			.filter((need) -> !need.isMet(this.seen.getOrDefault(String.valueOf(need.check()), new Facts()),
					this.values, this.table))
			.map(Need::say)
			.findFirst()
			.orElse(null);
	}

}
