package wsecho.scenario.shape;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Ticks at a fixed rate as far as they are requested, and counts those left out. */
public final class Ticks {

	private final Scheduler scheduler;

	private final long period;

	private final long start;

	private long ticks;

	private long missed;

	private Ticks(Scheduler scheduler, long period) {
		this.scheduler = scheduler;
		this.period = period;
		this.start = now();
	}

	/**
	 * Ticks.
	 * @param period from one to the next; the first one comes at once
	 * @param scheduler tells the time
	 * @return the ticks, each made when it is due and requested: without a request no
	 * timer runs after the next one
	 */
	public static Flux<Tick> every(Duration period, Scheduler scheduler) {
		return Flux.defer(() -> {
			Ticks ticks = new Ticks(scheduler, period.toNanos());
			return Mono.defer(ticks::next).repeat();
		});
	}

	private Mono<Tick> next() {
		long due = this.start + (this.ticks + this.missed) * this.period;
		return Mono.delay(Duration.ofNanos(Math.max(0, due - now())), this.scheduler).map((done) -> tick());
	}

	private Tick tick() {
		long due = (now() - this.start) / this.period;
		long late = Math.max(0, due - this.ticks - this.missed);
		this.ticks++;
		this.missed += late;
		return new Tick(this.ticks, late);
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * A tick.
	 *
	 * @param number counts from 1, without gaps
	 * @param late how many were due since the previous one and left out
	 */
	public record Tick(long number, long late) {

	}

}
