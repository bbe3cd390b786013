package wsecho.http;

import java.util.List;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import wsecho.handshake.SessionAdmission;
import wsecho.handshake.SessionRequest;
import wsecho.handshake.SessionTransport;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.EndAction;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.SessionScheduler;

/**
 * Answers requests with responses that are sessions.
 *
 * @param admission decides whether a session may open
 * @param memory of which it draws
 */
public record SessionResponses(SessionAdmission admission, MemoryBudget memory) {

	/**
	 * Admits a session and answers with it.
	 * @param exchange the request
	 * @param transport what it is counted as
	 * @param id of the session, of {@link SessionAdmission#newId}; or null for a new one
	 * @param answer what is answered
	 * @param ignored the parameters of the query that it ignores
	 * @return completes when the response has ended
	 * @throws wsecho.handshake.HandshakeRefusal if there is to be no session
	 */
	public Mono<Void> open(ServerWebExchange exchange, SessionTransport transport, @Nullable String id, Answer answer,
			List<String> ignored) {
		return respond(exchange, admit(exchange.getRequest(), transport, id, answer.options()), answer, ignored);
	}

	/**
	 * Admits a session, whose response follows.
	 * @throws wsecho.handshake.HandshakeRefusal if there is to be no session
	 */
	public SessionListener admit(ServerHttpRequest request, SessionTransport transport, @Nullable String id,
			SessionOptions options) {
		return this.admission.admit(new SessionRequest(request, transport, version(request), null, false, options, id));
	}

	/**
	 * Answers a request of a session that has been admitted.
	 * @param exchange the request
	 * @param listener is told of the response as of a session
	 * @param answer what is answered
	 * @param ignored the parameters of the query that it ignores
	 * @return completes when the response has ended
	 */
	public Mono<Void> respond(ServerWebExchange exchange, SessionListener listener, Answer answer,
			List<String> ignored) {
		describe(exchange, listener, answer, ignored);
		ResponseSession session = new ResponseSession(channel(exchange.getRequest()),
				exchange.getResponse().bufferFactory(), listener, this.memory);
		session.open();
		return Mono.defer(() -> send(exchange, answer, session))
			.then(Mono.defer(() -> session.end().bodySent(answer.end())))
			.onErrorResume(session.end()::failed)
			.doOnCancel(session.end()::cancelled);
	}

	/** The event loop that a request has come in. */
	public static Scheduler loop(ServerHttpRequest request) {
		return SessionScheduler.of(channel(request).eventLoop());
	}

	private static Channel channel(ServerHttpRequest request) {
		return ((Connection) ServerHttpRequestDecorator.<HttpServerRequest>getNativeRequest(request)).channel();
	}

	private static Mono<Void> send(ServerWebExchange exchange, Answer answer, ResponseSession session) {
		Publisher<DataBuffer> body = answer.body(session);
		ServerHttpResponse response = exchange.getResponse();
		if (body instanceof Mono<DataBuffer> whole) {
			return response
				.writeWith(whole.filter((all) -> isSent(answer, all)).doOnNext(session.flow()::sendingWhole));
		}
		return exchange.getRequest().getMethod().equals(HttpMethod.HEAD) ? response.setComplete()
				: response.writeWith(PacedBody.of(Flux.from(body), session.flow()));
	}

	// what is short is not begun if it is not to be ended well
	private static boolean isSent(Answer answer, DataBuffer all) {
		boolean sent = answer.end().kind() == EndAction.Kind.CLOSE;
		if (!sent) {
			DataBufferUtils.release(all);
		}
		return sent;
	}

	private static void describe(ServerWebExchange exchange, SessionListener listener, Answer answer,
			List<String> ignored) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.setCacheControl(CacheControl.noStore());
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Session-Id", listener.id());
		if (!ignored.isEmpty()) {
			headers.set("X-Ignored-Parameters", String.join(", ", ignored));
		}
		admitReader(headers, exchange.getRequest().getHeaders().getOrigin());
		answer.describe(headers);
	}

	// its origin has been admitted
	private static void admitReader(HttpHeaders headers, @Nullable String origin) {
		if (origin != null) {
			headers.setAccessControlAllowOrigin(origin);
			headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Session-Id, X-Ignored-Parameters");
		}
		headers.setVary(List.of(HttpHeaders.ORIGIN));
	}

	private static String version(ServerHttpRequest request) {
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		return (received.version().majorVersion() == 2) ? "2" : "1." + received.version().minorVersion();
	}

}
