package wsecho.scenario;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.test.StepVerifier;
import wsecho.scenario.Push.Beat;

/** The clock of what is pushed, in virtual time. */
class PushTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration EVERY = Duration.ofMillis(100);

	@Test
	void oneComesAtOnceAndOneAtEachTick() {
		StepVerifier.withVirtualTime(() -> push(3).beats())
			.expectSubscription()
			.expectNext(new Beat(1, 0, 0))
			.expectNoEvent(EVERY)
			.expectNext(new Beat(2, 0, 1))
			.expectNoEvent(EVERY)
			.expectNext(new Beat(3, 0, 2))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatIsNotAskedForIsCountedAndNotMade() {
		StepVerifier.withVirtualTime(() -> push(3).beats(), 1)
			.expectSubscription()
			.expectNext(new Beat(1, 0, 0))
			.expectNoEvent(EVERY.multipliedBy(10))
			.thenRequest(5)
			.thenAwait(EVERY)
			.expectNext(new Beat(2, 10, 11))
			.thenAwait(EVERY)
			.expectNext(new Beat(3, 0, 12))
			.expectComplete()
			.verify(TIMEOUT);
	}

	private static Push push(long count) {
		return new Push(EVERY, 0, count, WebSocketMessage.Type.TEXT);
	}

}
