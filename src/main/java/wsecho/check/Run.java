package wsecho.check;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** One run of the command: what is printed while it lasts, and what it has come to. */
final class Run implements Progress {

	private static final String CLEAR_LINE = "\r\u001b[K";

	private final List<Result> results = new ArrayList<>();

	private final Set<String> running = new LinkedHashSet<>();

	private final Instant started = Instant.now();

	private final String version;

	private final Target target;

	/** For people, unless a program reads it. */
	private final @Nullable TextOutput text;

	private final @Nullable PrintStream status;

	private boolean over;

	/**
	 * One run.
	 * @param version of the command
	 * @param target what is checked
	 * @param text prints each result, or null
	 * @param status shows what is running, or null
	 */
	Run(String version, Target target, @Nullable TextOutput text, @Nullable PrintStream status) {
		this.version = version;
		this.target = target;
		this.text = text;
		this.status = status;
	}

	@Override
	public synchronized void began(Check check) {
		this.running.add(check.id());
		show();
	}

	@Override
	public synchronized void ended(Result result) {
		this.running.remove(result.check().id());
		this.results.add(result);
		if (this.text != null && !this.over) {
			clear();
			this.text.print(result);
		}
		show();
	}

	private void show() {
		if (this.status != null && !this.running.isEmpty() && !this.over) {
			this.status.print(CLEAR_LINE + "        running: " + String.join(", ", this.running));
			this.status.flush();
		}
	}

	private void clear() {
		if (this.status != null) {
			this.status.print(CLEAR_LINE);
			this.status.flush();
		}
	}

	/**
	 * Prints what there is to be printed at the end, once.
	 * @param complete whether all checks have been run
	 * @param out where to
	 */
	synchronized void finish(boolean complete, PrintStream out) {
		if (this.over) {
			return;
		}
		this.over = true;
		clear();
		if (this.text == null) {
			out.println(JsonOutput.of(this.version, this.target, this.started, complete, this.results));
		}
		else {
			out.print(complete ? "" : "Interrupted.\n");
			this.text.end(new Summary(this.results));
		}
		out.flush();
	}

	synchronized List<Result> results() {
		return List.copyOf(this.results);
	}

}
