package wsecho.scenario.shape;

import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The clock of a session, in virtual time. */
final class VirtualClock {

	private VirtualClock() {
	}

	static SessionClock get() {
		return new SessionClock(Schedulers.parallel(), () -> VirtualTimeScheduler.get().now(TimeUnit.NANOSECONDS));
	}

}
