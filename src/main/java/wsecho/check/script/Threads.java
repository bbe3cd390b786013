package wsecho.check.script;

import java.util.concurrent.Executor;

/** Threads for what waits: one for each task, and none keeps the process from ending. */
public final class Threads {

	/** Runs each task in a thread of its own. */
	public static final Executor EACH = (task) -> {
		Thread thread = new Thread(task, "session");
		thread.setDaemon(true);
		thread.start();
	};

	private Threads() {
	}

}
