package wsecho.socket;

import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** The server's side of the opening handshake (RFC 6455, 4.2): refuses, or upgrades. */
final class Handshake implements WebSocketService {

	private final SessionWatch watch;

	Handshake(SessionWatch watch) {
		this.watch = watch;
	}

	@Override
	public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
		return Mono.defer(() -> {
			HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
			OpeningHandshake opening = OpeningHandshake.of(exchange.getRequest(), request.version());
			SessionLife life = this.watch.admit(exchange.getRequest());
			String subprotocol = opening.subprotocol();
			HandshakeInfo info = info(exchange, subprotocol);
			simplify(request.requestHeaders(), subprotocol);
			return new UpgradeStrategy(opening.compression(), life).upgrade(exchange, handler, subprotocol, () -> info);
		}).doOnError(HandshakeRefusal.class, (refusal) -> this.watch.refused(refusal.getStatusCode().value()));
	}

	// Netty reads the first line of each field alone, and of Upgrade only the one name
	private static void simplify(io.netty.handler.codec.http.HttpHeaders headers, @Nullable String subprotocol) {
		headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		headers.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
		if (subprotocol != null) {
			headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
	}

	// the headers are copied, since Netty may recycle the request's
	private static HandshakeInfo info(ServerWebExchange exchange, @Nullable String subprotocol) {
		ServerHttpRequest request = exchange.getRequest();
		return new HandshakeInfo(request.getURI(), HttpHeaders.copyOf(request.getHeaders()), request.getCookies(),
				exchange.getPrincipal(), subprotocol, request.getRemoteAddress(), Map.of(), exchange.getLogPrefix());
	}

}
