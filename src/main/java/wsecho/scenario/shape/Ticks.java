package wsecho.scenario.shape;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A clock that ticks as fast as it is listened to, and tells what was missed. */
public final class Ticks {

	private final SessionClock clock;

	private final long period;

	private final long start;

	private long ticks;

	private long missed;

	private Ticks(SessionClock clock, long period) {
		this.clock = clock;
		this.period = period;
		this.start = clock.now();
	}

	/**
	 * Ticks.
	 * @param period from one to the next, the first one at once
	 * @param clock tells the time
	 * @return the ticks, each made when it is due and requested: while none is requested
	 * no timer runs after the next one
	 */
	public static Flux<Tick> every(Duration period, SessionClock clock) {
		return Flux.defer(() -> {
			Ticks ticks = new Ticks(clock, period.toNanos());
			return Mono.defer(ticks::next).repeat();
		});
	}

	private Mono<Tick> next() {
		long due = this.start + (this.ticks + this.missed) * this.period;
		return this.clock.timer(Duration.ofNanos(Math.max(0, due - this.clock.now()))).map((done) -> tick());
	}

	private Tick tick() {
		long due = (this.clock.now() - this.start) / this.period;
		long late = Math.max(0, due - this.ticks - this.missed);
		this.ticks++;
		this.missed += late;
		return new Tick(this.ticks, late);
	}

	/**
	 * A tick.
	 *
	 * @param number from 1 on, without gaps
	 * @param late how many were due since the one before and were left out
	 */
	public record Tick(long number, long late) {

	}

}
