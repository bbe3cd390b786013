package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Handlers as they are written for Spring, each at a path of its own. */
@TestConfiguration(proxyBeanMethods = false)
class SpringHandlers {

	/** What the handlers have received, or were told. */
	static final BlockingQueue<Object> SEEN = new LinkedBlockingQueue<>();

	@Bean
	Exchanges exchanges() {
		return new Exchanges();
	}

	@Bean
	SimpleUrlHandlerMapping handlers() {
		Map<String, WebSocketHandler> handlers = Map.ofEntries(Map.entry("/upper", SpringHandlers::upper),
				Map.entry("/independent", SpringHandlers::independent), Map.entry("/first", SpringHandlers::first),
				Map.entry("/close", SpringHandlers::close), Map.entry("/failure", SpringHandlers::failure),
				Map.entry("/delayed", SpringHandlers::delayed), Map.entry("/threads", SpringHandlers::threads),
				Map.entry("/twice", SpringHandlers::twice), Map.entry("/endless", SpringHandlers::endless),
				Map.entry("/ping", SpringHandlers::ping), Map.entry("/receive-twice", SpringHandlers::receiveTwice),
				Map.entry("/long-ping", SpringHandlers::longPing), Map.entry("/gone", SpringHandlers::gone),
				Map.entry("/long-reason", SpringHandlers::longReason), Map.entry("/no-code", SpringHandlers::noCode));
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
			.then(session.send(Mono
				.just(session.binaryMessage((buffers) -> buffers.wrap("two".getBytes(StandardCharsets.UTF_8))))));
	}

	static Mono<Void> endless(WebSocketSession session) {
		return session
			.send(Flux.interval(Duration.ofMillis(1)).onBackpressureDrop().map((i) -> session.textMessage("tick")));
	}

	static Mono<Void> ping(WebSocketSession session) {
		Mono<Void> output = session.send(Mono
			.just(session.pingMessage((buffers) -> buffers.wrap("are you there".getBytes(StandardCharsets.UTF_8)))));
		Flux<String> input = session.receive().map((message) -> message.getType() + " " + message.getPayloadAsText());
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
		return action
			.onErrorResume((error) -> session.send(Mono.just(session.textMessage(String.valueOf(error.getMessage())))));
	}

	static Mono<Void> gone(WebSocketSession session) {
		return session.receive()
			.then()
			.onErrorComplete()
			.then(session.closeStatus().map(CloseStatus::toString).defaultIfEmpty("no status").doOnNext(SEEN::add))
			.then();
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

}
