package wsecho.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.OpenSession;

/**
 * Ends the sessions when the service stops: before anything else does, so that the
 * listener is still there to refuse new ones.
 */
final class SessionDrain implements SmartLifecycle {

	static final CloseStatus GOING_AWAY = CloseStatus.GOING_AWAY.withReason("Service is stopping");

	private static final Logger LOG = LoggerFactory.getLogger(SessionDrain.class);

	// after the window, for the last ones' closing handshakes
	private static final Duration GRACE = Duration.ofSeconds(4);

	private static final long PAUSE_MILLIS = 20;

	private final Registry registry;

	private final Duration window;

	private volatile boolean running;

	SessionDrain(Registry registry, Drain drain) {
		this.registry = registry;
		this.window = drain.window();
	}

	@Override
	public void start() {
		this.registry.open(FileLimit.ofProcess());
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
		new Thread(() -> {
			try {
				drain();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				callback.run();
			}
		}, "session-drain").start();
	}

	private void drain() throws InterruptedException {
		long start = System.nanoTime();
		List<Session> sessions = this.registry.drain();
		LOG.debug("Closing {} sessions within {}", sessions.size(), this.window);
		int told = 0;
		while (!this.registry.sessions().isEmpty() && System.nanoTime() - start < this.window.plus(GRACE).toNanos()) {
			for (double due = due(start, sessions.size()); told < due; told++) {
				goAway(sessions.get(told));
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		int stuck = this.registry.sessions().size();
		this.registry.sessions().forEach(SessionDrain::giveUp);
		LOG.info("Closed {} sessions, {} of them without an answer, in {} ms", sessions.size(), stuck,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
	}

	// how many should have been told by now, spread evenly
	private double due(long start, int count) {
		long past = System.nanoTime() - start;
		return (past >= this.window.toNanos()) ? count : (double) count * past / this.window.toNanos();
	}

	private static void goAway(Session session) {
		OpenSession live = session.live();
		if (live != null) {
			live.goAway(GOING_AWAY, Duration.ofSeconds(1));
		}
	}

	private static void giveUp(Session session) {
		OpenSession live = session.live();
		if (live != null) {
			live.giveUp(SessionEnd.OVERDUE);
		}
	}

}
