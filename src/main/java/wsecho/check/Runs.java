package wsecho.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import wsecho.check.client.Client;
import wsecho.check.client.Route;
import wsecho.check.report.Output;
import wsecho.check.report.Report;
import wsecho.check.script.Runner;
import wsecho.check.script.Threads;
import wsecho.check.table.Selection;
import wsecho.check.table.Table;
import wsecho.check.table.Values;

/** The runs of one round: one for each address, at once. */
final class Runs {

	private final List<Run> runs;

	private final List<Output> outputs;

	private final Status status;

	private List<Report> reports = List.of();

	Runs(List<Route> routes, List<Output> outputs, Status status) {
		this.runs = routes.stream().map((route) -> new Run(route, outputs, status)).toList();
		this.outputs = outputs;
		this.status = status;
	}

	/**
	 * Runs the checks. If the process is ended meanwhile, the outputs get what there is.
	 * @return what each run has come to
	 * @throws IOException if a result cannot be written
	 */
	List<Report> run(Table table, Values values, Selection selection) throws IOException, InterruptedException {
		Thread interrupted = new Thread(() -> finishUnchecked(), "interrupted");
		Runtime.getRuntime().addShutdownHook(interrupted);
		List<CompletableFuture<Void>> others = new ArrayList<>();
		for (Run other : this.runs.subList(1, this.runs.size())) {
			others.add(CompletableFuture.runAsync(() -> runUnchecked(other, table, values, selection), Threads.EACH));
		}
		run(this.runs.get(0), table, values, selection);
		others.forEach(CompletableFuture::join);
		finish(true);
		Runtime.getRuntime().removeShutdownHook(interrupted);
		return this.reports;
	}

	private static void runUnchecked(Run run, Table table, Values values, Selection selection) {
		try {
			run(run, table, values, selection);
		}
		catch (InterruptedException ex) {
			throw new CompletionException(ex);
		}
	}

	private static void run(Run run, Table table, Values values, Selection selection) throws InterruptedException {
		try (Client client = new Client(run.route())) {
			new Runner(client, table, values, selection, run).run();
		}
	}

	private void finishUnchecked() {
		try {
			finish(false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized void finish(boolean complete) throws IOException {
		if (!this.reports.isEmpty()) {
			return;
		}
		this.reports = this.runs.stream().map((run) -> run.finish(complete)).toList();
		this.status.clear();
		for (Output output : this.outputs) {
			output.finish(this.reports);
		}
	}

}
