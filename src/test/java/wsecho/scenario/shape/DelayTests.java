package wsecho.scenario.shape;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that are held, in virtual time. */
class DelayTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration DELAY = Duration.ofSeconds(2);

	private static final DataSize BOUND = DataSize.ofKilobytes(10);

	private final Messages messages = new Messages();

	private final MemoryBudget budget = new MemoryBudget(DataSize.ofMegabytes(1).toBytes());

	private final HeldMemory memory = new HeldMemory(this.budget);

	@AfterEach
	void nothingIsKept() {
		assertThat(this.messages.unreleased()).isZero();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void thousandThatComeAtOnceLeaveAtOnce() {
		StepVerifier
			.withVirtualTime(
					() -> delay(Flux.range(0, 1000).map((i) -> this.messages.text("" + i)), DataSize.ofMegabytes(1)))
			.expectSubscription()
			.expectNoEvent(DELAY)
			.recordWith(ArrayList::new)
			.thenConsumeWhile((message) -> Messages.read(message) != null)
			.consumeRecordedWith((all) -> assertThat(all).hasSize(1000))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void distancesAreKept() {
		StepVerifier
			.withVirtualTime(
					() -> delay(Flux.interval(Duration.ofMillis(300)).take(3).map((i) -> this.messages.text("" + i))))
			.expectSubscription()
			.expectNoEvent(DELAY.plusMillis(300))
			.consumeNextWith((first) -> assertThat(Messages.read(first)).isEqualTo("<0>"))
			.expectNoEvent(Duration.ofMillis(300))
			.consumeNextWith((second) -> assertThat(Messages.read(second)).isEqualTo("<1>"))
			.expectNoEvent(Duration.ofMillis(300))
			.consumeNextWith((third) -> assertThat(Messages.read(third)).isEqualTo("<2>"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatIsHeldIsBounded() {
		TestPublisher<WebSocketMessage> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> delay(source.flux()).map(Messages::read)).then(() -> {
			for (int i = 0; i < 8; i++) {
				source.assertMinRequested(1);
				source.next(this.messages.text("x".repeat(1024)));
			}
			// eight of a KiB and a quarter, with what goes with them
			source.assertMaxRequested(0);
		})
			.thenAwait(DELAY)
			.expectNextCount(8)
			.then(() -> source.assertMinRequested(1))
			.then(source::complete)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatIsHeldIsDrawnOfTheBudget() {
		TestPublisher<WebSocketMessage> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> delay(source.flux()).map(Messages::read))
			.then(() -> source.next(this.messages.text("x".repeat(1024))))
			.then(() -> assertThat(this.budget.used()).isGreaterThan(1024))
			.thenAwait(DELAY)
			.expectNextCount(1)
			.then(() -> assertThat(this.budget.used()).isZero())
			.then(source::complete)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void oneIsHeldWhileMemoryIsTight() {
		TestPublisher<WebSocketMessage> source = TestPublisher.create();
		this.budget.draw(this.budget.limit());
		StepVerifier.withVirtualTime(() -> delay(source.flux()).map(Messages::read)).then(() -> {
			source.assertMinRequested(1);
			source.next(this.messages.text("a"));
			source.assertMaxRequested(0);
		})
			.thenAwait(DELAY)
			.expectNext("<a>")
			.then(() -> source.assertMinRequested(1))
			.then(source::complete)
			.expectComplete()
			.verify(TIMEOUT);
		this.budget.giveBack(this.budget.limit());
	}

	@Test
	void nothingIsSentThatIsNotAskedFor() {
		StepVerifier.withVirtualTime(() -> delay(Flux.range(0, 3).map((i) -> this.messages.text("" + i))), 1)
			.thenAwait(DELAY)
			.consumeNextWith((first) -> assertThat(Messages.read(first)).isEqualTo("<0>"))
			.expectNoEvent(DELAY)
			.thenRequest(1)
			.consumeNextWith((second) -> assertThat(Messages.read(second)).isEqualTo("<1>"))
			.thenRequest(5)
			.consumeNextWith((third) -> assertThat(Messages.read(third)).isEqualTo("<2>"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void cancelReleasesWhatIsHeld() {
		StepVerifier
			.withVirtualTime(
					() -> delay(Flux.range(0, 5).map((i) -> this.messages.text("" + i)).concatWith(Flux.never())))
			.thenAwait(DELAY.dividedBy(2))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void failureIsNotHeld() {
		StepVerifier
			.withVirtualTime(() -> delay(Flux.range(0, 5)
				.map((i) -> this.messages.text("" + i))
				.concatWith(Flux.error(new IOException("on purpose")))))
			.expectErrorMessage("on purpose")
			.verify(TIMEOUT);
	}

	@Test
	void fragmentsStayFragments() {
		StepVerifier
			.withVirtualTime(() -> delay(Flux.just("a", "b", "c")
				.map((part) -> this.messages.text(part, part.equals("a"), part.equals("c")))))
			.thenAwait(DELAY)
			.consumeNextWith((part) -> assertThat(Messages.read(part)).isEqualTo("<a"))
			.consumeNextWith((part) -> assertThat(Messages.read(part)).isEqualTo("b"))
			.consumeNextWith((part) -> assertThat(Messages.read(part)).isEqualTo("c>"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void messageThatComesAfterACancelIsReleased() {
		TestPublisher<WebSocketMessage> source = TestPublisher.createNoncompliant(Violation.DEFER_CANCELLATION);
		StepVerifier.withVirtualTime(() -> delay(source.flux()))
			.then(() -> source.next(this.messages.text("a")))
			.thenAwait(DELAY.dividedBy(2))
			.thenCancel()
			.verify(TIMEOUT);
		source.next(this.messages.text("b"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void cancelFromWithinReleasesTheRest(int taken) {
		StepVerifier.withVirtualTime(() -> delay(Flux.range(0, 5).map((i) -> this.messages.text("" + i))).take(taken))
			.thenAwait(DELAY)
			.thenConsumeWhile((message) -> Messages.read(message) != null)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void closeDoesNotOvertakeWhatIsHeld() {
		TestPublisher<WebSocketMessage> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> delay(source.flux()).map(Messages::read))
			.then(() -> source.next(this.messages.text("a")))
			.thenAwait(DELAY.minusMillis(1))
			.then(() -> source.next(this.messages.text("b")))
			.then(source::complete)
			.expectNoEvent(Duration.ofMillis(1))
			.expectNext("<a>")
			.expectNoEvent(DELAY.minusMillis(1))
			.expectNext("<b>")
			.expectComplete()
			.verify(TIMEOUT);
	}

	// a subscriber that asks for one at a time, as a session does
	@Test
	void oneIsRequestedOfTheSourceAtATime() {
		TestPublisher<WebSocketMessage> source = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> delay(source.flux(), DataSize.ofBytes(1)).map(Messages::read), 1)
			.then(() -> {
				source.next(this.messages.text("a"));
				source.assertMaxRequested(0);
			})
			.thenAwait(DELAY)
			.expectNext("<a>")
			.then(() -> source.assertMinRequested(1))
			.then(() -> source.assertMaxRequested(1))
			.then(source::complete)
			.expectComplete()
			.verify(TIMEOUT);
	}

	private Flux<WebSocketMessage> delay(Flux<WebSocketMessage> source) {
		return delay(source, BOUND);
	}

	private Flux<WebSocketMessage> delay(Flux<WebSocketMessage> source, DataSize bound) {
		return Delay.of(source, DELAY, bound, VirtualTimeScheduler.get(), this.memory);
	}

}
