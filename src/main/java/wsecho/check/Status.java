package wsecho.check;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import wsecho.check.report.Terminal;
import wsecho.check.script.Threads;
import wsecho.check.table.Check;

/** Shows on a terminal which checks run, and for how long already. */
final class Status {

	private static final String CLEAR_LINE = "\r\u001b[K";

	private static final String INDENT = " ".repeat(8);

	/** By check, when it began. */
	private final Map<Check, Long> running = new LinkedHashMap<>();

	private final @Nullable PrintStream terminal;

	private final long idle;

	private int width;

	/**
	 * Shows.
	 * @param terminal where to, or null
	 * @param idle how long those checks last that wait
	 */
	Status(@Nullable PrintStream terminal, Duration idle) {
		this.terminal = terminal;
		this.idle = idle.toSeconds();
		if (terminal != null) {
			Threads.EACH.execute(this::tick);
		}
	}

	private void tick() {
		try {
			while (true) {
				TimeUnit.SECONDS.sleep(1);
				show();
			}
		}
		catch (InterruptedException ex) {
			// nobody does
		}
	}

	synchronized void began(Check check) {
		this.running.put(check, System.nanoTime());
		show();
	}

	synchronized void ended(Check check) {
		this.running.remove(check);
		clear();
	}

	synchronized void clear() {
		if (this.terminal != null) {
			this.terminal.print(CLEAR_LINE);
			this.terminal.flush();
		}
	}

	synchronized void show() {
		if (this.terminal == null || this.running.isEmpty()) {
			return;
		}
		if (this.width == 0) {
			this.width = Terminal.width(2);
		}
		String line = INDENT + "running: "
				+ this.running.entrySet().stream().map(this::text).collect(Collectors.joining(", "));
		this.terminal.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), this.width - 1)));
		this.terminal.flush();
	}

	private String text(Map.Entry<Check, Long> check) {
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - check.getValue());
		String time = check.getKey().isIdle() ? Math.min(seconds, this.idle) + " of " + this.idle : "" + seconds;
		return check.getKey().id() + " " + time + " s";
	}

}
