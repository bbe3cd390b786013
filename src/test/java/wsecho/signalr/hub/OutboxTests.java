package wsecho.signalr.hub;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits for the transport, in virtual time. */
class OutboxTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** In bytes. */
	private static final int LIMIT = 64 * 1024;

	private final MemoryBudget budget = new MemoryBudget(1 << 20);

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private int rooms;

	private final Outbox outbox = new Outbox(new HeldMemory(this.budget), new Timers(this.loop), () -> this.rooms++);

	@AfterEach
	void nothingIsKept() {
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void allThatWaitsGoesAtOnceAndInItsOrder() {
		StepVerifier.create(batches(), 0)
			.then(() -> add("a", "b"))
			.then(this.outbox::drain)
			.then(() -> add("c"))
			.thenRequest(1)
			.expectNext("abc")
			.then(() -> add("d", "e"))
			.thenRequest(1)
			.expectNext("de")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void nothingIsSentThatIsNotRequested() {
		StepVerifier.create(batches(), 1)
			.then(() -> add("a"))
			.then(this.outbox::drain)
			.expectNext("a")
			.then(() -> add("b"))
			.then(this.outbox::drain)
			.expectNoEvent(Duration.ofMillis(10))
			.then(() -> assertThat(this.budget.used()).isEqualTo(1))
			.thenRequest(1)
			.expectNext("b")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void batchThatIsRequestedWaitsForWhatIsToBeSent() {
		StepVerifier.create(batches(), 2)
			.expectSubscription()
			.then(this.outbox::drain)
			.expectNoEvent(Duration.ofMillis(10))
			.then(() -> add("a"))
			.then(this.outbox::drain)
			.expectNext("a")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void whatIsAddedWhileOneIsHandedOverIsTheNextBatch() {
		Flux<String> answered = batches().doOnNext((batch) -> {
			if (batch.equals("a")) {
				add("b");
				this.outbox.drain();
			}
		});
		StepVerifier.create(answered, 1)
			.then(() -> add("a"))
			.then(this.outbox::drain)
			.expectNext("a")
			.expectNoEvent(Duration.ofMillis(10))
			.thenRequest(1)
			.expectNext("b")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void thereIsRoomForLessThan64KibibytesAndAgainWhenTheyAreTaken() {
		StepVerifier.create(batches(), 0).then(() -> {
			add("x".repeat(LIMIT - 1));
			assertThat(this.outbox.hasRoom()).isTrue();
			add("x");
			assertThat(this.outbox.hasRoom()).isFalse();
			assertThat(this.budget.used()).isEqualTo(LIMIT);
			this.outbox.drain();
			assertThat(this.rooms).isZero();
		}).thenRequest(1).expectNextCount(1).then(() -> {
			assertThat(this.outbox.hasRoom()).isTrue();
			assertThat(this.rooms).isEqualTo(1);
			add("a");
			this.outbox.drain();
		}).thenRequest(1).expectNext("a").then(() -> assertThat(this.rooms).isEqualTo(1)).thenCancel().verify(TIMEOUT);
	}

	// one record has to get through
	@Test
	void whileMemoryIsTightThereIsRoomOnlyWhenNothingWaits() {
		this.budget.draw(this.budget.limit());
		StepVerifier.create(batches(), 0).then(() -> {
			assertThat(this.outbox.hasRoom()).isTrue();
			add("a");
			assertThat(this.outbox.hasRoom()).isFalse();
		}).thenRequest(1).expectNext("a").then(() -> assertThat(this.rooms).isEqualTo(1)).thenCancel().verify(TIMEOUT);
		this.budget.giveBack(this.budget.limit());
	}

	@Test
	void completesAfterWhatWaitsAndTakesNothingMore() {
		StepVerifier.create(batches(), 0)
			.then(() -> add("a"))
			.then(this.outbox::complete)
			.then(() -> add("b"))
			.then(this.outbox::drain)
			.expectNoEvent(Duration.ofMillis(10))
			.thenRequest(1)
			.expectNext("a")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void emptyOneCompletesUnasked() {
		StepVerifier.create(batches(), 0)
			.then(this.outbox::complete)
			.then(this.outbox::drain)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatWaitedBeforeItWasSubscribedToIsSent() {
		add("a");
		this.outbox.drain();
		StepVerifier.create(batches()).expectNext("a").thenCancel().verify(TIMEOUT);
	}

	@Test
	void endDropsAndGivesBackWhatWaits() {
		StepVerifier.create(batches(), 0).then(() -> add("a", "b")).thenCancel().verify(TIMEOUT);
		assertThat(this.budget.used()).isEqualTo(2);
		this.outbox.end();
		assertThat(this.outbox.isEmpty()).isTrue();
		add("c");
		assertThat(this.outbox.isEmpty()).isTrue();
	}

	@Test
	void lastRecordIsRemembered() {
		this.loop.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.outbox.lastAdded()).isZero();
		add("a");
		this.loop.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.outbox.lastAdded()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
		this.outbox.end();
	}

	private Flux<String> batches() {
		return this.outbox.batches().map((batch) -> new String(batch, StandardCharsets.US_ASCII));
	}

	private void add(String... records) {
		for (String record : records) {
			this.outbox.add(record.getBytes(StandardCharsets.US_ASCII));
		}
	}

}
