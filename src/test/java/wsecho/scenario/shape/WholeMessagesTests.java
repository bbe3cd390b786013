package wsecho.scenario.shape;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that are counted whole. */
class WholeMessagesTests {

	private final Messages messages = new Messages();

	@Test
	void fragmentsAreNotCounted() {
		Flux<WebSocketMessage> frames = Flux.just(this.messages.text("a", true, false),
				this.messages.text("b", false, false), this.messages.text("c", false, true), this.messages.text("d"));
		PublisherProbe<WebSocketMessage> source = PublisherProbe.of(frames.concatWith(Flux.never()));
		StepVerifier.create(WholeMessages.take(source.flux(), 2).map(Messages::read))
			.expectNext("<a", "b", "c>", "<d>")
			.expectComplete()
			.verify(Duration.ofSeconds(10));
		source.assertWasCancelled();
		assertThat(this.messages.unreleased()).isZero();
	}

}
