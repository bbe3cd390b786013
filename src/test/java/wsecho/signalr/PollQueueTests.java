package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;

/** Which poll gets what, in virtual time. */
class PollQueueTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final MemoryBudget budget = new MemoryBudget(1 << 20);

	private final TestPublisher<WebSocketMessage> batches = TestPublisher.create();

	private final List<ByteBuf> buffers = new ArrayList<>();

	private int overs;

	private final PollQueue queue = new PollQueue(this.loop, new HeldMemory(this.budget), PATIENCE, PollResult.OVER,
			() -> this.overs++);

	@BeforeEach
	void subscribe() {
		this.batches.flux().subscribe(this.queue);
	}

	@AfterEach
	void nothingIsKept() {
		this.queue.end();
		assertThat(this.budget.used()).isZero();
		assertThat(this.buffers).allMatch((buffer) -> buffer.refCnt() == 0);
	}

	@Test
	void firstPollIsAnsweredAtOnceAndAsksForNothing() {
		assertThat(this.queue.isNew()).isTrue();
		StepVerifier.create(poll(1)).expectNext("200").expectComplete().verify(TIMEOUT);
		assertThat(this.queue.isNew()).isFalse();
		this.batches.assertMaxRequested(0);
	}

	@Test
	void eachPollGetsOneBatch() {
		begin();
		for (String text : List.of("a", "b")) {
			StepVerifier.create(poll(1)).then(() -> {
				this.batches.assertMinRequested(1);
				next(text);
				this.batches.assertMaxRequested(0);
			}).expectNext("200 " + text).expectComplete().verify(TIMEOUT);
		}
	}

	@Test
	void pollIsHeldForItsTimeAndWhatComesThenIsForTheNextOne() {
		begin();
		StepVerifier.create(poll(1))
			.expectSubscription()
			.then(() -> this.loop.advanceTimeBy(PATIENCE.minusMillis(1)))
			.expectNoEvent(Duration.ofMillis(1))
			.then(() -> this.loop.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext("200")
			.expectComplete()
			.verify(TIMEOUT);
		next("a");
		assertThat(this.budget.used()).isEqualTo(1);
		StepVerifier.create(poll(2)).expectNext("200 a").expectComplete().verify(TIMEOUT);
		assertThat(this.budget.used()).isZero();
		this.batches.assertMaxRequested(0);
	}

	@Test
	void timeOfAnAnsweredPollIsOver() {
		begin();
		StepVerifier.create(poll(1)).then(() -> next("a")).expectNext("200 a").expectComplete().verify(TIMEOUT);
		this.loop.advanceTimeBy(PATIENCE.dividedBy(2));
		StepVerifier.create(poll(2))
			.expectSubscription()
			.then(() -> this.loop.advanceTimeBy(PATIENCE.minusSeconds(1)))
			.expectNoEvent(Duration.ofMillis(1))
			.then(() -> next("b"))
			.expectNext("200 b")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void newerPollEndsTheOlderOneAndGetsWhatItAskedFor() {
		begin();
		Mono<String> older = waiting(1);
		StepVerifier.create(poll(2))
			.then(() -> StepVerifier.create(older).expectNext("204").expectComplete().verify(TIMEOUT))
			.then(() -> this.batches.assertMaxRequested(1))
			.then(() -> next("a"))
			.expectNext("200 a")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatALostPollAskedForIsForTheNextOne() {
		begin();
		Mono<String> lost = waiting(1);
		this.queue.lost(1);
		next("a");
		assertThat(this.budget.used()).isEqualTo(1);
		this.loop.advanceTimeBy(PATIENCE);
		StepVerifier.create(poll(2)).expectNext("200 a").expectComplete().verify(TIMEOUT);
		StepVerifier.create(lost).expectSubscription().expectNoEvent(Duration.ofMillis(1)).thenCancel().verify(TIMEOUT);
	}

	@Test
	void anotherOnesLossDoesNotEndIt() {
		begin();
		waiting(1);
		Mono<String> newer = waiting(2);
		this.queue.lost(1);
		next("a");
		StepVerifier.create(newer).expectNext("200 a").expectComplete().verify(TIMEOUT);
	}

	@Test
	void pollsAreToldOfTheEndAfterWhatWaits() {
		begin();
		StepVerifier.create(poll(1)).thenCancel().verify(TIMEOUT);
		this.queue.lost(1);
		next("a");
		this.batches.complete();
		assertThat(this.queue.isDone()).isFalse();
		StepVerifier.create(poll(2)).expectNext("200 a").expectComplete().verify(TIMEOUT);
		assertThat(this.queue.isDone()).isTrue();
		assertThat(this.overs).isZero();
		StepVerifier.create(poll(3)).expectNext("204").expectComplete().verify(TIMEOUT);
		assertThat(this.overs).isEqualTo(1);
	}

	@Test
	void pollThatWaitsIsToldOfTheEnd() {
		begin();
		StepVerifier.create(poll(1)).then(this.batches::complete).expectNext("204").expectComplete().verify(TIMEOUT);
		assertThat(this.overs).isEqualTo(1);
	}

	@Test
	void endAnswersTheOneWhoWaitsAndReleasesWhatIsReady() {
		begin();
		waiting(1);
		this.queue.lost(1);
		next("a");
		this.queue.end();
		assertThat(this.buffers).allMatch((buffer) -> buffer.refCnt() == 0);
		this.batches.assertCancelled();
		assertThat(this.overs).isZero();
	}

	@Test
	void endIsToldToThePollThatWaits() {
		begin();
		StepVerifier.create(poll(1)).then(this.queue::end).expectNext("204").expectComplete().verify(TIMEOUT);
	}

	private void begin() {
		poll(0).block(TIMEOUT);
	}

	/** One that waits from now on, whoever subscribes to it. */
	private Mono<String> waiting(int owner) {
		Mono<String> poll = poll(owner).cache();
		poll.subscribe();
		return poll;
	}

	private Mono<String> poll(Integer owner) {
		return Mono.<PollResult>create((sink) -> this.queue.poll(owner, sink)).map(PollQueueTests::text);
	}

	// as a response does, that writes it
	private static String text(PollResult result) {
		DataBuffer body = result.body();
		String text = (body != null) ? " " + body.toString(StandardCharsets.US_ASCII) : "";
		result.release();
		return result.status().value() + text;
	}

	private void next(String text) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
		this.buffers.add(buffer);
		this.batches.next(new WebSocketMessage(WebSocketMessage.Type.TEXT,
				new NettyDataBufferFactory(ByteBufAllocator.DEFAULT).wrap(buffer)));
	}

}
