package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers as they are written for Spring, on our session. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class SpringHandlerTests {

	private static final BlockingQueue<Object> SEEN = new LinkedBlockingQueue<>();

	@LocalServerPort
	private int port;

	@Autowired
	private List<HandlerAdapter> adapters;

	@Autowired
	private Exchanges exchanges;

	@BeforeEach
	void forget() {
		SEEN.clear();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/upper", "/websocket", "/websocket/handshake", "/websocket/push", "/websocket/close/1000" })
	void everyHandlerIsCalledBySpringsAdapter(String path) throws Exception {
		RawSocket.open(this.port, path).close();
		Object handler = Objects.requireNonNull(this.exchanges.handler(path));
		assertThat(handler).isInstanceOf(WebSocketHandler.class);
		assertThat(this.adapters).filteredOn((adapter) -> adapter.supports(handler))
			.singleElement()
			.isExactlyInstanceOf(WebSocketHandlerAdapter.class);
	}

	@ParameterizedTest
	@EnumSource
	void payloadsNeedNoRelease(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/upper")) {
			assertThat(client.sendFrame(0x81, bytes("loud")).readFrame()).isEqualTo("81:" + hex("LOUD"));
			assertThat(client.sendFrame(0x88, bytes("")).readFrame()).isEqualTo("88:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void inputAndOutputAreIndependent(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/independent")) {
			client.sendFrame(0x81, bytes("in"));
			assertThat(client.readFrame()).isEqualTo("81:" + hex("out 0"));
			assertThat(client.readFrame()).isEqualTo("81:" + hex("out 1"));
			assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("in");
			client.sendFrame(0x88, bytes(""));
			assertThat(client.readFrame()).isEqualTo("88:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void handlerThatIsDoneClosesNormally(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/first")) {
			client.sendFrame(0x81, bytes("a")).sendFrame(0x81, bytes("b"));
			assertThat(client.readFrame()).isEqualTo("81:" + hex("a"));
			assertThat(client.readFrame()).isEqualTo("88:03e8");
			// pings and data are discarded until the Close comes
			client.sendFrame(0x89, bytes("p")).sendFrame(0x81, bytes("c")).sendFrame(0x88, code(1000));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@Test
	void closeOfTheHandlerIsAFullHandshake() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/close")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("88:0fa1" + hex("bye"));
			client.sendFrame(0x88, code(4001));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			client.endOutput();
			assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo(new CloseStatus(4001, "bye"));
			assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("closed, open: false");
		}
	}

	@Test
	void closeThatIsNotAnsweredHasALimit() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/close")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("88:0fa1" + hex("bye"));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@ParameterizedTest
	@EnumSource
	void failureClosesWith1011AndIsLoggedOnce(Transport transport, CapturedOutput output) throws Exception {
		try (RawSocket client = transport.open(this.port, "/failure")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("88:03f3");
			client.sendFrame(0x88, code(1011));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		assertThat(output.getOut().split("on purpose", -1)).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource
	void lateRepliesComeBeforeTheClose(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/delayed")) {
			for (int i = 0; i < 20; i++) {
				client.sendFrame(0x81, bytes("message " + i));
			}
			client.sendFrame(0x88, code(3000));
			for (int i = 0; i < 20; i++) {
				assertThat(client.readFrame()).isEqualTo("81:" + hex("message " + i));
			}
			assertThat(client.readFrame()).isEqualTo("88:0bb8");
		}
	}

	@Test
	void otherThreadsKeepTheOrder() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/threads")) {
			for (int i = 0; i < 500; i++) {
				client.sendFrame(0x81, bytes("message " + i));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(client.readFrame()).isEqualTo("81:" + hex("message " + i));
			}
		}
	}

	@Test
	void sendersFollowEachOther() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/twice")) {
			assertThat(client.readFrame()).isEqualTo("81:" + hex("one"));
			assertThat(client.readFrame()).isEqualTo("82:" + hex("two"));
			assertThat(client.readFrame()).isEqualTo("88:03e8");
		}
	}

	@Test
	void endlessSenderEndsSomeTimeAfterTheClose() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/endless")) {
			client.sendFrame(0x88, code(1000));
			String frame = client.readFrame();
			while (frame.startsWith("81:")) {
				frame = client.readFrame();
			}
			assertThat(frame).isEqualTo("88:03e8");
		}
	}

	@Test
	void answerToAPingIsReceived() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/ping")) {
			assertThat(client.readFrame()).isEqualTo("89:" + hex("are you there"));
			client.sendFrame(0x8a, bytes("something else")).sendFrame(0x8a, bytes("are you there"));
			assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("PONG are you there");
		}
	}

	@Test
	void secondSubscriberIsRefused() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/receive-twice")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
		}
	}

	@Test
	void tooLongAPingIsRefused() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/long-ping")) {
			assertThat(client.readFrame()).isEqualTo("81:" + hex("A ping or pong takes at most 125 bytes, not 126"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "/long-reason, 'A Close reason takes at most 123 bytes, not 124'",
			"/no-code, 'A Close must not carry code 1005'" })
	void closeThatCannotBeSentIsRefused(String path, String message) throws Exception {
		try (RawSocket client = RawSocket.open(this.port, path)) {
			assertThat(client.readFrame()).isEqualTo("81:" + hex(message));
			assertThat(client.readFrame()).isEqualTo("88:03e8");
		}
	}

	@Test
	void goneClientEndsTheHandler() throws Exception {
		RawSocket.open(this.port, "/gone").reset();
		assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("no status");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] code(int code) {
		return new byte[] { (byte) (code >> 8), (byte) code };
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(bytes(text));
	}

	/** The exchange in which each path was last asked for. */
	static class Exchanges implements WebFilter {

		private final Map<String, ServerWebExchange> seen = new ConcurrentHashMap<>();

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			this.seen.put(exchange.getRequest().getPath().value(), exchange);
			return chain.filter(exchange);
		}

		@Nullable Object handler(String path) {
			return Objects.requireNonNull(this.seen.get(path))
				.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		Exchanges exchanges() {
			return new Exchanges();
		}

		@Bean
		SimpleUrlHandlerMapping handlers() {
			Map<String, WebSocketHandler> handlers = Map.ofEntries(Map.entry("/upper", Handlers::upper),
					Map.entry("/independent", Handlers::independent), Map.entry("/first", Handlers::first),
					Map.entry("/close", Handlers::close), Map.entry("/failure", Handlers::failure),
					Map.entry("/delayed", Handlers::delayed), Map.entry("/threads", Handlers::threads),
					Map.entry("/twice", Handlers::twice), Map.entry("/endless", Handlers::endless),
					Map.entry("/ping", Handlers::ping), Map.entry("/receive-twice", Handlers::receiveTwice),
					Map.entry("/long-ping", Handlers::longPing), Map.entry("/gone", Handlers::gone),
					Map.entry("/long-reason", Handlers::longReason), Map.entry("/no-code", Handlers::noCode));
			return new SimpleUrlHandlerMapping(handlers, -2);
		}

		static Mono<Void> upper(WebSocketSession session) {
			return session.send(session.receive()
				.map(WebSocketMessage::getPayloadAsText)
				.map((text) -> session.textMessage(text.toUpperCase(Locale.ROOT))));
		}

		static Mono<Void> independent(WebSocketSession session) {
			Mono<Void> input = session.receive().map(WebSocketMessage::getPayloadAsText).doOnNext(SEEN::add).then();
			Mono<Void> output = session
				.send(Flux.range(0, 2).delayElements(Duration.ofMillis(5)).map((i) -> session.textMessage("out " + i)));
			return Mono.when(input, output);
		}

		static Mono<Void> first(WebSocketSession session) {
			return session.send(session.receive().take(1).doOnNext(WebSocketMessage::retain));
		}

		static Mono<Void> close(WebSocketSession session) {
			return session.receive()
				.next()
				.then(session.close(new CloseStatus(4001, "bye")))
				.then(session.closeStatus().doOnNext(SEEN::add))
				.then(Mono.fromRunnable(() -> SEEN.add("closed, open: " + session.isOpen())));
		}

		static Mono<Void> failure(WebSocketSession session) {
			return session.receive().concatMap((message) -> Mono.error(new IllegalStateException("on purpose"))).then();
		}

		static Mono<Void> delayed(WebSocketSession session) {
			return session.send(session.receive()
				.doOnNext(WebSocketMessage::retain)
				.delayElements(Duration.ofMillis(10))
				.doOnDiscard(WebSocketMessage.class, WebSocketMessage::release));
		}

		static Mono<Void> threads(WebSocketSession session) {
			return session.send(session.receive()
				.doOnNext(WebSocketMessage::retain)
				.publishOn(Schedulers.boundedElastic())
				.doOnDiscard(WebSocketMessage.class, WebSocketMessage::release));
		}

		static Mono<Void> twice(WebSocketSession session) {
			return session.send(Mono.just(session.textMessage("one")))
				.then(session.send(Mono.just(session.binaryMessage((buffers) -> buffers.wrap(bytes("two"))))));
		}

		static Mono<Void> endless(WebSocketSession session) {
			return session
				.send(Flux.interval(Duration.ofMillis(1)).onBackpressureDrop().map((i) -> session.textMessage("tick")));
		}

		static Mono<Void> ping(WebSocketSession session) {
			Mono<Void> output = session
				.send(Mono.just(session.pingMessage((buffers) -> buffers.wrap(bytes("are you there")))));
			Flux<String> input = session.receive()
				.map((message) -> message.getType() + " " + message.getPayloadAsText());
			return output.thenMany(input.doOnNext(SEEN::add)).then();
		}

		static Mono<Void> receiveTwice(WebSocketSession session) {
			return session.receive()
				.concatMap((message) -> session.receive().then().doOnError(SEEN::add).onErrorComplete())
				.then();
		}

		static Mono<Void> longPing(WebSocketSession session) {
			return tellingFailure(session,
					session.send(Mono.just(session.pingMessage((buffers) -> buffers.wrap(new byte[126])))));
		}

		static Mono<Void> longReason(WebSocketSession session) {
			return tellingFailure(session, session.close(new CloseStatus(4001, "\u00e9".repeat(62))));
		}

		static Mono<Void> noCode(WebSocketSession session) {
			return tellingFailure(session, session.close(CloseStatus.NO_STATUS_CODE));
		}

		private static Mono<Void> tellingFailure(WebSocketSession session, Mono<Void> action) {
			return action.onErrorResume(
					(error) -> session.send(Mono.just(session.textMessage(String.valueOf(error.getMessage())))));
		}

		static Mono<Void> gone(WebSocketSession session) {
			return session.receive()
				.then()
				.onErrorComplete()
				.then(session.closeStatus().map(CloseStatus::toString).defaultIfEmpty("no status").doOnNext(SEEN::add))
				.then();
		}

	}

}
