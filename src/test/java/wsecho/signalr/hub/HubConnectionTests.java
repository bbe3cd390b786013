package wsecho.signalr.hub;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.StepVerifier.FirstStep;
import reactor.test.StepVerifier.Step;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.memory.MemoryBudget;
import wsecho.signalr.protocol.JsonValue;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection that nothing carries, in virtual time. */
class HubConnectionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";

	private static final String FULL = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[\""
			+ "x".repeat(30_000) + "\"]}\u001e";

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final MemoryBudget budget = new MemoryBudget(10 << 20);

	private final HeldMemory memory = new HeldMemory(this.budget);

	private HubConnection connection = connection(null, true);

	@AfterEach
	void nothingIsKept() {
		this.connection.end();
		this.memory.end();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void handshakeMayTakeFifteenSeconds() {
		batches(1).expectSubscription()
			.then(() -> this.loop.advanceTimeBy(Duration.ofMillis(14_999)))
			.expectNoEvent(Duration.ofMillis(1))
			.then(() -> this.loop.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext("{\"error\":\"Handshake was canceled.\"}\u001e")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void silenceAfterTheHandshakeIsAllowed() {
		opened(10).then(() -> this.loop.advanceTimeBy(Duration.ofSeconds(16)))
			.expectNext("{\"type\":6}\u001e")
			.thenCancel()
			.verify(TIMEOUT);
	}

	// what waits is a sign of life when it is taken
	@Test
	void clientThatDoesNotReadIsNotPinged() {
		opened(1).then(() -> accept(echo("1"))).then(() -> {
			long before = this.budget.used();
			this.loop.advanceTimeBy(Duration.ofHours(1));
			assertThat(this.budget.used()).isEqualTo(before);
		}).thenRequest(1).expectNext(echoed("1")).thenCancel().verify(TIMEOUT);
	}

	@Test
	void lifetimeEndsIt() {
		this.connection.end();
		this.connection = connection(Duration.ofSeconds(5), true);
		opened(10).then(() -> this.loop.advanceTimeBy(Duration.ofSeconds(5)))
			.expectNext("{\"type\":7,\"allowReconnect\":true}\u001e")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void lifetimeThatEndsBadlyIsNotTold() {
		this.connection.end();
		this.connection = connection(Duration.ofSeconds(5), false);
		opened(10).then(() -> this.loop.advanceTimeBy(Duration.ofSeconds(5))).expectComplete().verify(TIMEOUT);
	}

	@Test
	void moreIsTakenOnceThereIsRoom() {
		boolean[] taken = { false };
		opened(1).then(() -> {
			// two and a piece wait to be sent, three and a piece to be dealt with
			accept(FULL.repeat(3));
			this.connection.accept(bytes(FULL.repeat(3))).subscribe((none) -> {
			}, (failure) -> {
			}, () -> taken[0] = true);
			assertThat(taken[0]).isFalse();
		})
			.thenRequest(1)
			.expectNextMatches((batch) -> batch.length() > 90_000)
			.then(() -> assertThat(taken[0]).isTrue())
			.thenRequest(1)
			.expectNextMatches((batch) -> batch.length() > 90_000)
			.thenCancel()
			.verify(TIMEOUT);
	}

	// each is given up before there is room, as the requests of a client's
	@Test
	void piecesThatAreGivenUpDoNotPileUp() {
		opened(1).then(() -> {
			accept(FULL.repeat(3));
			accept(FULL.repeat(3));
			long before = this.budget.used();
			for (int i = 0; i < 100; i++) {
				Disposable piece = this.connection.accept(bytes(FULL)).subscribe();
				assertThat(piece.isDisposed()).isFalse();
				piece.dispose();
			}
			assertThat(this.budget.used()).isEqualTo(before);
		}).thenCancel().verify(TIMEOUT);
	}

	@Test
	void whoWaitsForRoomIsToldOfTheEnd() {
		StepVerifier.create(this.connection.batches(), 0).then(() -> {
			accept(HANDSHAKE + FULL.repeat(3));
			StepVerifier.create(this.connection.accept(bytes(FULL.repeat(3))))
				.expectSubscription()
				.expectNoEvent(Duration.ofMillis(10))
				.then(this.connection::end)
				.expectComplete()
				.verify(TIMEOUT);
		}).thenCancel().verify(TIMEOUT);
	}

	@Test
	void whatComesAfterTheEndIsDropped() {
		this.connection.end();
		StepVerifier.create(this.connection.accept(bytes(FULL.repeat(10)))).expectComplete().verify(TIMEOUT);
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void streamsTakeTurnsWithTheRoom() {
		Flux<String> turns = text(this.connection.batches()).map(HubConnectionTests::ids);
		StepVerifier.create(turns)
			.then(() -> accept(HANDSHAKE + count("a") + count("b") + count("c")))
			.expectNext("a", "b", "c", "a", "b", "c")
			.thenCancel()
			.verify(TIMEOUT);
	}

	private static String ids(String batch) {
		StringBuilder ids = new StringBuilder();
		for (String id : List.of("a", "b", "c")) {
			ids.append(batch.contains("\"invocationId\":\"" + id + "\"") ? id : "");
		}
		return ids.toString();
	}

	/** One whose client has shaken hands, and asks for so many batches. */
	private Step<String> opened(int batches) {
		return batches(batches).then(() -> accept(HANDSHAKE)).expectNext("{}\u001e");
	}

	private FirstStep<String> batches(int requested) {
		return StepVerifier.create(text(this.connection.batches()), requested);
	}

	private static Flux<String> text(Flux<byte[]> batches) {
		return batches.map((batch) -> new String(batch, StandardCharsets.UTF_8));
	}

	private void accept(String text) {
		this.connection.accept(bytes(text)).subscribe();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String echo(String value) {
		return "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[" + value + "]}\u001e";
	}

	private static String echoed(String value) {
		return "{\"type\":3,\"invocationId\":\"1\",\"result\":" + value + "}\u001e";
	}

	private static String count(String id) {
		return "{\"type\":4,\"invocationId\":\"%s\",\"target\":\"Count\",\"arguments\":[100000,0]}\u001e".formatted(id);
	}

	private HubConnection connection(@Nullable Duration lifetime, boolean farewell) {
		HubOptions options = new HubOptions(Duration.ofSeconds(15), Duration.ofSeconds(30), true, 1_000_000, null,
				lifetime, farewell);
		return new HubConnection(this.loop, this.memory, options, () -> JsonValue.NULL);
	}

}
