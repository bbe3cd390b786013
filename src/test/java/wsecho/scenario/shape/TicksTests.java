package wsecho.scenario.shape;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.scenario.shape.Ticks.Tick;

import static org.assertj.core.api.Assertions.assertThat;

/** A clock that is listened to, in virtual time. */
class TicksTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration EVERY = Duration.ofMillis(100);

	@Test
	void oneComesAtOnceAndOneAtEachPeriod() {
		StepVerifier.withVirtualTime(() -> ticks().take(3))
			.expectSubscription()
			.expectNext(new Tick(1, 0))
			.expectNoEvent(EVERY)
			.expectNext(new Tick(2, 0))
			.expectNoEvent(EVERY)
			.expectNext(new Tick(3, 0))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatIsNotTakenIsCountedAndNotMade() {
		StepVerifier.withVirtualTime(() -> ticks().take(4), 1)
			.expectSubscription()
			.expectNext(new Tick(1, 0))
			.expectNoEvent(EVERY.multipliedBy(10).plusMillis(50))
			// of the ten that were due the last one comes at once
			.thenRequest(5)
			.expectNext(new Tick(2, 9))
			.thenAwait(Duration.ofMillis(50))
			.expectNext(new Tick(3, 0))
			.expectNoEvent(EVERY)
			.expectNext(new Tick(4, 0))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void noTimerRunsWhileNothingIsRequested() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			StepVerifier.create(ticks(), 1)
				.then(() -> time.advanceTimeBy(EVERY.multipliedBy(10)))
				.expectNext(new Tick(1, 0))
				.then(() -> assertThat(time.getScheduledTaskCount()).isEqualTo(2))
				.then(() -> time.advanceTimeBy(EVERY.multipliedBy(1000)))
				.then(() -> assertThat(time.getScheduledTaskCount()).isEqualTo(2))
				.thenCancel()
				.verify(TIMEOUT);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private static Flux<Tick> ticks() {
		return Ticks.every(EVERY, VirtualTimeScheduler.get());
	}

}
