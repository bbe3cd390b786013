package wsecho.scenario.shape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages in smaller fragments. */
class FragmenterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Messages messages = new Messages();

	@AfterEach
	void nothingIsKept() {
		assertThat(this.messages.unreleased()).isZero();
	}

	@Test
	void wikiPagesMessage() {
		assertThat(cut(6, this.messages.text("WebSocket rocks"))).containsExactly("<WebSoc", "ket ro", "cks>");
	}

	@Test
	void whatFitsIsLeft() {
		assertThat(cut(3, this.messages.text(""), this.messages.text("abc"), this.messages.text("abcd")))
			.containsExactly("<>", "<abc>", "<abc", "d>");
	}

	@Test
	void fragmentsAreCutAsTheyCome() {
		assertThat(cut(2, this.messages.text("abc", true, false), this.messages.text("", false, false),
				this.messages.text("defg", false, true)))
			.containsExactly("<ab", "c", "", "de", "fg>");
	}

	@Test
	void cancelBetweenPiecesReleasesTheRest() {
		StepVerifier.create(Fragmenter.into(Flux.just(this.messages.text("abc")), 1), 1)
			.consumeNextWith((piece) -> assertThat(Messages.read(piece)).isEqualTo("<a"))
			.thenCancel()
			.verify(TIMEOUT);
	}

	private static List<String> cut(int size, WebSocketMessage... frames) {
		List<String> pieces = new ArrayList<>();
		StepVerifier.create(Fragmenter.into(Flux.just(frames), size))
			.thenConsumeWhile((piece) -> pieces.add(Messages.read(piece)))
			.expectComplete()
			.verify(TIMEOUT);
		return pieces;
	}

}
