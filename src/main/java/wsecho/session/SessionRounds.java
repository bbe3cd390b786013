package wsecho.session;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.OpenSession;

/**
 * Looks after every session once a second, by one timer: pings those whose client is
 * silent, gives up those that it does not answer, and ends those that are too old.
 */
final class SessionRounds implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(SessionRounds.class);

	private static final CloseStatus TOO_OLD = CloseStatus.GOING_AWAY.withReason("Session is too old");

	// of the age, how much may be taken off
	private static final double JITTER = 0.1;

	private final Registry registry;

	private final long interval;

	private final long timeout;

	private final long age;

	private volatile @Nullable ScheduledExecutorService timer;

	SessionRounds(Registry registry, KeepAlive keepAlive, Duration age) {
		this.registry = registry;
		this.interval = keepAlive.interval().toSeconds();
		this.timeout = keepAlive.timeout().toSeconds();
		this.age = age.toNanos();
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor((task) -> new Thread(task, "session-rounds"));
		started.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
		this.timer = started;
	}

	@Override
	public void stop() {
		ScheduledExecutorService started = this.timer;
		if (started != null) {
			started.shutdownNow();
			this.timer = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.timer != null;
	}

	private void look() {
		for (Session session : this.registry.sessions()) {
			OpenSession live = session.live();
			if (live != null) {
				try {
					look(session, live);
				}
				// else the timer would never come again, for none of them
				catch (RuntimeException ex) {
					LOG.error("A session could not be looked after", ex);
				}
			}
		}
	}

	private void look(Session session, OpenSession live) {
		Duration ping = session.ping();
		long interval = (ping != null) ? ping.toSeconds() : this.interval;
		if (interval > 0) {
			int silent = session.silentSeconds(live);
			if (silent == interval) {
				live.ping();
			}
			else if (silent >= interval + this.timeout) {
				live.giveUp(SessionEnd.SILENT);
			}
		}
		if (this.age > 0 && session.age() > this.age * (1 - JITTER * session.share())) {
			live.goAway(TOO_OLD);
		}
	}

}
