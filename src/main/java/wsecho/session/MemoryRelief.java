package wsecho.session;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import wsecho.logging.OncePerMinute;
import wsecho.memory.MemoryBudget;

/**
 * Ends the sessions that hold most when the memory for all clients is used up, so that
 * nobody else is ended for what they hold.
 */
final class MemoryRelief implements Runnable {

	private static final Logger LOG = LoggerFactory.getLogger(MemoryRelief.class);

	/**
	 * In bytes: one that holds less is not ended, as those that keep up with their
	 * clients.
	 */
	private static final long LEAST = 16 * 1024;

	/** In ms: how long those that are ended may take to give back what they hold. */
	private static final long PAUSE = 10;

	private final MemoryBudget budget;

	private final OpenSessions sessions;

	private final Scheduler scheduler = Schedulers.parallel();

	private final AtomicBoolean planned = new AtomicBoolean();

	private final OncePerMinute warning = new OncePerMinute();

	MemoryRelief(MemoryBudget budget, OpenSessions sessions) {
		this.budget = budget;
		this.sessions = sessions;
		budget.whenExhausted(this::plan);
	}

	@Override
	public void run() {
		try {
			relieve();
		}
		finally {
			// whatever has failed, as what allocates may: the next is to be tried
			this.scheduler.schedule(() -> this.planned.set(false), PAUSE, TimeUnit.MILLISECONDS);
		}
	}

	private void relieve() {
		List<Held> held = this.sessions.all()
			.stream()
			.map((session) -> new Held(session, session.held()))
			.filter((each) -> each.bytes >= LEAST)
			.sorted(Comparator.comparingLong(Held::bytes).reversed())
			.toList();
		long excess = this.budget.excess();
		int ended = 0;
		for (; excess > 0 && ended < held.size(); ended++) {
			held.get(ended).session.shed();
			excess -= held.get(ended).bytes;
		}
		if (ended > 0 && this.warning.isDue()) {
			LOG.warn(
					"The memory for clients is used up ({} bytes; wsecho.limits.memory). Ending the sessions that hold "
							+ "most: {} of {}",
					this.budget.limit(), ended, this.sessions.count());
		}
	}

	private void plan() {
		if (this.planned.compareAndSet(false, true)) {
			this.scheduler.schedule(this);
		}
	}

	// as of one moment: a session goes on meanwhile
	private record Held(Session session, long bytes) {

	}

}
