package wsecho.session.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.session.OpenSessions;
import wsecho.session.Session;
import wsecho.session.admission.Admission;
import wsecho.session.admission.FileLimit;

/**
 * Closes the sessions when the service stops: before anything else does, so that the
 * listener is still there to refuse new ones.
 */
final class Drain implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

	private static final CloseStatus STOPPING = CloseStatus.GOING_AWAY.withReason("Service is stopping");

	// after the window, for the last ones' closing handshakes
	private static final Duration GRACE = Duration.ofSeconds(4);

	private final Admission admission;

	private final OpenSessions sessions;

	private final Duration window;

	private volatile boolean running;

	Drain(Admission admission, OpenSessions sessions, DrainSettings settings) {
		this.admission = admission;
		this.sessions = sessions;
		this.window = settings.window();
	}

	// when the process has opened the files that it needs by itself
	@Override
	public void start() {
		this.admission.limit(FileLimit.ofProcess());
		this.sessions.resume();
		this.running = true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		long start = System.nanoTime();
		this.sessions.drain(STOPPING);
		List<Session> open = List.copyOf(this.sessions.all());
		LOG.info("Stopping. Sessions to close: {}, within {} ms", open.size(), this.window.toMillis());
		plan(open);
		this.sessions.whenNone()
			.completeOnTimeout(null, this.window.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS)
			.thenRun(() -> finish(open.size(), start))
			.whenComplete((done, failure) -> callback.run());
	}

	private void plan(List<Session> open) {
		for (int i = 0; i < open.size(); i++) {
			Session session = open.get(i);
			DrainSlot slot = DrainSlot.of(this.window, i, open.size(), session.replyTime());
			session.goAway(STOPPING, slot.delay(), slot.patience());
		}
	}

	private void finish(int count, long start) {
		List<Session> overdue = List.copyOf(this.sessions.all());
		overdue.forEach(Session::giveUp);
		LOG.info("Drained in {} ms. Sessions: {}, given up: {}",
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), count, overdue.size());
	}

}
