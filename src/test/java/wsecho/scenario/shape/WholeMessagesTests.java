package wsecho.scenario.shape;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that are counted whole. */
class WholeMessagesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Messages messages = new Messages();

	@Test
	void fragmentsAreNotCounted() {
		Flux<WebSocketMessage> frames = Flux.just(this.messages.text("a", true, false),
				this.messages.text("b", false, false), this.messages.text("c", false, true), this.messages.text("d"));
		PublisherProbe<WebSocketMessage> source = PublisherProbe.of(frames.concatWith(Flux.never()));
		StepVerifier.create(WholeMessages.take(source.flux(), 2).map(Messages::read))
			.expectNext("<a", "b", "c>", "<d>")
			.expectComplete()
			.verify(TIMEOUT);
		source.assertWasCancelled();
		assertThat(this.messages.unreleased()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, false", "1, true", "2, false", "2, true", "3, false", "3, true", "4, false",
			"4, true" })
	void cancelAtAnyFrameReleasesTheRest(int frames, boolean within) {
		Taker taker = new Taker(frames, within);
		Flux<WebSocketMessage> halves = Flux.range(0, 6).map((i) -> this.messages.text("a", i % 2 == 0, i % 2 == 1));
		WholeMessages.take(halves, 2).subscribe(taker);
		taker.cancel();
		assertThat(taker.taken()).hasSize(frames);
		assertThat(this.messages.unreleased()).isZero();
	}

}
