package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.handshake.SessionTransport;
import wsecho.http.BodyTraffic;
import wsecho.memory.MemoryBudget;
import wsecho.signalr.hub.HubConnection;
import wsecho.signalr.hub.HubOptions;
import wsecho.signalr.protocol.JsonValue;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;

/** How bodies get into a connection. */
class PostsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";

	private static final String ECHO = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[1]}\u001e";

	private static final String ECHOED = "{\"type\":3,\"invocationId\":\"1\",\"result\":1}\u001e";

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final MemoryBudget budget = new MemoryBudget(10 << 20);

	private final HeldMemory memory = new HeldMemory(this.budget);

	private final HubConnection connection = new HubConnection(this.loop, this.memory,
			new HubOptions(Duration.ZERO, Duration.ZERO, true, 0, null, null, true), () -> JsonValue.NULL);

	private final BodyTraffic traffic = new BodyTraffic();

	private final ConnectionReport report = new ConnectionReport("id", "pod", SessionTransport.SIGNALR_EVENTS, null,
			this.memory);

	private final Posts posts = new Posts(this.connection, this.loop, this.traffic, this.report);

	private final List<ByteBuf> buffers = new ArrayList<>();

	@AfterEach
	void nothingIsKept() {
		this.connection.end();
		this.memory.end();
		assertThat(this.budget.used()).isZero();
		assertThat(this.buffers).allMatch((buffer) -> buffer.refCnt() == 0);
	}

	@Test
	void bodyIsTakenPieceByPiece() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(this.connection.batches().map(PostsTests::text)).then(() -> take(body.flux())).then(() -> {
			body.assertMinRequested(1);
			body.next(piece(HANDSHAKE.substring(0, 9)));
			body.next(piece(HANDSHAKE.substring(9) + ECHO));
		}).expectNext("{}\u001e" + ECHOED).thenCancel().verify(TIMEOUT);
		assertThat(this.traffic.incoming().messages()).isEqualTo(1);
		assertThat(this.traffic.incoming().bytes()).isEqualTo(HANDSHAKE.length() + ECHO.length());
		assertThat(this.report.json()).asString().contains("\"request\":\"post\",\"count\":1");
	}

	@Test
	void noMoreIsReadThanTheConnectionTakes() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(this.connection.batches(), 0).then(() -> take(body.flux())).then(() -> {
			body.next(piece(HANDSHAKE + ECHO.repeat(3000)));
			body.assertMaxRequested(0);
		}).thenRequest(1).expectNextCount(1).then(() -> body.assertMinRequested(1)).thenCancel().verify(TIMEOUT);
	}

	@Test
	void bodiesThatComeAtOnceAreNotMixed() {
		TestPublisher<DataBuffer> first = TestPublisher.create();
		StepVerifier.create(this.connection.batches().map(PostsTests::text)).then(() -> {
			take(first.flux());
			take(Flux.defer(() -> Flux.just(piece(ECHO))));
			first.next(piece(HANDSHAKE.substring(0, 9)));
			first.next(piece(HANDSHAKE.substring(9)));
		}).expectNext("{}\u001e").then(first::complete).expectNext(ECHOED).thenCancel().verify(TIMEOUT);
	}

	@Test
	void oneThatIsGivenUpMakesWay() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(this.connection.batches().map(PostsTests::text)).then(() -> {
			Disposable lost = take(body.flux());
			take(Flux.defer(() -> Flux.just(piece(HANDSHAKE))));
			lost.dispose();
			body.assertCancelled();
		}).expectNext("{}\u001e").thenCancel().verify(TIMEOUT);
	}

	@Test
	void bodyMayHaveOneMebibyte() {
		Flux<DataBuffer> most = Flux.range(0, 16).map((i) -> piece("\u001e".repeat(64 * 1024)));
		this.connection.leave();
		StepVerifier.create(this.posts.take(most, () -> "{}")).expectComplete().verify(TIMEOUT);
		StepVerifier.create(this.posts.take(most.concatWith(Mono.fromSupplier(() -> piece("x"))), () -> "{}"))
			.expectErrorSatisfies((failure) -> assertThat(((SignalrRefusal) failure).status()).isEqualTo(413))
			.verify(TIMEOUT);
	}

	private Disposable take(Flux<DataBuffer> body) {
		return this.posts.take(body, () -> "{}").subscribe();
	}

	private DataBuffer piece(String text) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
		this.buffers.add(buffer);
		return new NettyDataBufferFactory(ByteBufAllocator.DEFAULT).wrap(buffer);
	}

	private static String text(byte[] batch) {
		return new String(batch, StandardCharsets.US_ASCII);
	}

}
