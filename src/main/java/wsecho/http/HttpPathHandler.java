package wsecho.http;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import wsecho.handshake.SessionAdmission;
import wsecho.handshake.SessionRequest;
import wsecho.memory.MemoryBudget;
import wsecho.scenario.parameter.Query;
import wsecho.websocket.EndAction;
import wsecho.websocket.SessionListener;

/**
 * Opens the sessions of one path: a request is read, then refused or admitted and
 * answered.
 *
 * @param path the path
 * @param admission decides whether a session may open
 * @param memory of which it draws
 */
record HttpPathHandler(HttpPaths.Path path, SessionAdmission admission, MemoryBudget memory) implements WebHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.defer(() -> open(exchange)).doOnError((failure) -> {
			if (failure instanceof ErrorResponse refusal) {
				this.admission.refused(refusal.getStatusCode().value());
			}
		});
	}

	private Mono<Void> open(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		requireMethod(request.getMethod());
		Query query = new Query(request.getURI().getRawQuery(), (name) -> pathVariable(exchange, name));
		Answer answer = this.path.answer().apply(query, request);
		query.requireNoFaults();
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		SessionListener listener = this.admission.admit(
				new SessionRequest(request, this.path.transport(), version(received), null, false, answer.options()));
		describe(exchange, listener, answer, query);
		ResponseSession session = new ResponseSession(((Connection) received).channel(),
				exchange.getResponse().bufferFactory(), listener, this.memory);
		session.open();
		return respond(exchange, answer, session);
	}

	private void requireMethod(HttpMethod method) {
		if (!this.path.methods().contains(method)) {
			throw new MethodNotAllowedException(method, this.path.methods());
		}
	}

	private static Mono<Void> respond(ServerWebExchange exchange, Answer answer, ResponseSession session) {
		EndAction end = answer.options().end();
		return Mono.defer(() -> send(exchange, answer.body(session), end, session))
			.then(Mono.defer(() -> session.end().bodySent(end)))
			.onErrorResume(session.end()::failed)
			.doOnCancel(session.end()::cancelled);
	}

	private static Mono<Void> send(ServerWebExchange exchange, Publisher<DataBuffer> body, EndAction end,
			ResponseSession session) {
		ServerHttpResponse response = exchange.getResponse();
		if (body instanceof Mono<DataBuffer> whole) {
			// what is short is not begun if it is not to be ended well
			return (end.kind() == EndAction.Kind.CLOSE)
					? response.writeWith(whole.doOnNext(session.flow()::sendingWhole)) : whole.then();
		}
		return exchange.getRequest().getMethod().equals(HttpMethod.HEAD) ? response.setComplete()
				: response.writeWith(PacedBody.of(Flux.from(body), session.flow()));
	}

	private static void describe(ServerWebExchange exchange, SessionListener listener, Answer answer, Query query) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		answer.describe(headers);
		headers.setCacheControl(CacheControl.noStore());
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Session-Id", listener.id());
		if (!query.ignored().isEmpty()) {
			headers.set("X-Ignored-Parameters", String.join(", ", query.ignored()));
		}
		admitReader(headers, exchange.getRequest().getHeaders().getOrigin());
	}

	// its origin has been admitted
	private static void admitReader(HttpHeaders headers, @Nullable String origin) {
		if (origin != null) {
			headers.setAccessControlAllowOrigin(origin);
			headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Session-Id, X-Ignored-Parameters");
		}
		headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
	}

	private static String pathVariable(ServerWebExchange exchange, String name) {
		Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return Objects.requireNonNull(variables.get(name));
	}

	private static String version(HttpServerRequest request) {
		return (request.version().majorVersion() == 2) ? "2" : "1." + request.version().minorVersion();
	}

}
