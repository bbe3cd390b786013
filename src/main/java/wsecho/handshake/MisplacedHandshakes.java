package wsecho.handshake;

import java.util.stream.Collectors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses a handshake at an address that has no WebSocket, which a wrong address or a
 * proxy that rewrites paths leads to, before a page or an asset answers it with 200.
 */
final class MisplacedHandshakes implements HandlerMapping, Ordered {

	private final ObjectProvider<AbstractUrlHandlerMapping> mappings;

	private final SessionAdmission admission;

	MisplacedHandshakes(ObjectProvider<AbstractUrlHandlerMapping> mappings, SessionAdmission admission) {
		this.mappings = mappings;
		this.admission = admission;
	}

	// before pages and assets; only what maps WebSockets first is not slowed down
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		return RequestCheck.hasSign(exchange.getRequest()) ? webSocketHandler(exchange) : Mono.empty();
	}

	private Mono<Object> webSocketHandler(ServerWebExchange exchange) {
		return Flux.fromStream(this.mappings::orderedStream)
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.filter(WebSocketHandler.class::isInstance)
			.next()
			.switchIfEmpty(Mono.error(() -> refusal(exchange.getRequest())));
	}

	private HandshakeRefusal refusal(ServerHttpRequest request) {
		HandshakeRefusal refusal = HandshakeRefusal.notFound("There is no WebSocket at \"" + request.getPath().value()
				+ "\", which is the path as it arrived; there are at " + paths()
				+ ". If the client asked for one of these, something on the way has rewritten the path.");
		this.admission.refused(refusal.getStatusCode().value());
		return refusal;
	}

	private String paths() {
		return this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMap().entrySet().stream())
			.filter((entry) -> entry.getValue() instanceof WebSocketHandler)
			.map((entry) -> entry.getKey().getPatternString())
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
