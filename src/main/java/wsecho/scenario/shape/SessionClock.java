package wsecho.scenario.shape;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.websocket.SessionScheduler;

/**
 * The time of a session: its timers run in its own thread, where all its signals come, so
 * that none overtakes another.
 *
 * @param scheduler runs in that thread
 * @param nanos the monotonic clock; a scheduler's own is the wall clock, which may step
 */
public record SessionClock(Scheduler scheduler, LongSupplier nanos) {

	public static SessionClock of(WebSocketSession session) {
		return new SessionClock(SessionScheduler.of(session), System::nanoTime);
	}

	/** The time, to be compared with another one of this clock. */
	long now() {
		return this.nanos.getAsLong();
	}

	/** Completes after a time; a value that is not requested then waits. */
	public Mono<Long> timer(Duration delay) {
		return Mono.delay(delay, this.scheduler);
	}

	/**
	 * Runs a task in the thread of the session.
	 * @param task the task
	 * @param time when, by {@link #now}
	 * @return cancels it
	 */
	Disposable runAt(long time, Runnable task) {
		return this.scheduler.schedule(task, Math.max(0, time - now()), TimeUnit.NANOSECONDS);
	}

}
