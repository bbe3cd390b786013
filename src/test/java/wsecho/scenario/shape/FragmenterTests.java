package wsecho.scenario.shape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

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

	// nine pieces of three frames
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
	void cancelAfterAnyPieceReleasesTheRest(int pieces) {
		Taker taker = new Taker(pieces, false);
		Fragmenter.into(three().concatWith(Flux.never()), 1).subscribe(taker);
		taker.cancel();
		assertThat(taker.taken()).hasSize(pieces);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9 })
	void cancelWithinAnyPieceReleasesTheRest(int pieces) {
		Taker taker = new Taker(pieces, true);
		Fragmenter.into(three(), 1).subscribe(taker);
		assertThat(taker.taken()).hasSize(pieces);
	}

	@Test
	void firstFrameThatComesAfterACancelIsReleased() {
		TestPublisher<WebSocketMessage> source = TestPublisher.createNoncompliant(Violation.DEFER_CANCELLATION);
		Taker taker = new Taker(1, false);
		Fragmenter.into(source.flux(), 1).subscribe(taker);
		taker.cancel();
		source.next(this.messages.text("abc"));
		assertThat(taker.taken()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void frameThatComesAfterACancelIsReleased(int pieces) {
		TestPublisher<WebSocketMessage> source = TestPublisher.createNoncompliant(Violation.DEFER_CANCELLATION,
				Violation.REQUEST_OVERFLOW);
		Taker taker = new Taker(pieces, false);
		Fragmenter.into(source.flux(), 1).subscribe(taker);
		source.next(this.messages.text("abc"));
		taker.cancel();
		source.next(this.messages.text("def"));
		assertThat(taker.taken()).hasSize(pieces);
	}

	private Flux<WebSocketMessage> three() {
		return Flux.range(0, 3).map((i) -> this.messages.text("abc"));
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
