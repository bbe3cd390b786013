package wsecho.signalr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose turn it is. */
class TurnsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** How many may wait. */
	private static final int MOST = 100;

	private final Turns turns = new Turns(VirtualTimeScheduler.create());

	private final List<Integer> begun = new ArrayList<>();

	@Test
	void eachBeginsWhenTheOneBeforeHasEnded() {
		List<TestPublisher<Void>> tasks = tasks(3);
		assertThat(this.begun).containsExactly(0);
		tasks.get(0).complete();
		assertThat(this.begun).containsExactly(0, 1);
		tasks.get(1).complete();
		assertThat(this.begun).containsExactly(0, 1, 2);
	}

	@Test
	void turnEndsAsItsTaskDoes() {
		StepVerifier.create(this.turns.then(Mono.empty())).expectComplete().verify(TIMEOUT);
		StepVerifier.create(this.turns.then(Mono.error(new IllegalStateException("on purpose"))))
			.expectErrorMessage("on purpose")
			.verify(TIMEOUT);
		tasks(1);
		assertThat(this.begun).hasSize(1);
	}

	@Test
	void oneThatIsCancelledWhileItWaitsIsPassedOver() {
		TestPublisher<Void> first = task(0);
		Disposable waiting = this.turns.then(Mono.fromRunnable(() -> this.begun.add(1))).subscribe();
		task(2);
		waiting.dispose();
		first.complete();
		assertThat(this.begun).containsExactly(0, 2);
	}

	@Test
	void oneThatIsCancelledInItsTurnMakesWay() {
		TestPublisher<Void> task = TestPublisher.create();
		Disposable current = this.turns.then(task.mono()).subscribe();
		task(1);
		assertThat(this.begun).isEmpty();
		current.dispose();
		task.assertCancelled();
		assertThat(this.begun).containsExactly(1);
	}

	@Test
	void hundredMayWait() {
		List<TestPublisher<Void>> tasks = tasks(MOST + 1);
		StepVerifier.create(this.turns.then(Mono.never()))
			.expectErrorSatisfies((failure) -> assertThat(((SignalrRefusal) failure).status()).isEqualTo(503))
			.verify(TIMEOUT);
		tasks.get(0).complete();
		task(MOST + 1);
		for (TestPublisher<Void> each : tasks.subList(1, tasks.size())) {
			each.complete();
		}
		assertThat(this.begun).hasSize(MOST + 2).isSorted();
	}

	private List<TestPublisher<Void>> tasks(int count) {
		List<TestPublisher<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tasks.add(task(i));
		}
		return tasks;
	}

	private TestPublisher<Void> task(int number) {
		TestPublisher<Void> task = TestPublisher.create();
		this.turns.then(task.mono().doOnSubscribe((subscription) -> this.begun.add(number))).subscribe();
		return task;
	}

}
