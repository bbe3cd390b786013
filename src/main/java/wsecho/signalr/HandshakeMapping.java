package wsecho.signalr;

import java.util.Map;

import org.springframework.core.Ordered;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import wsecho.handshake.OpeningHandshake;

/** Maps the hub's path for handshakes alone: it answers other requests too. */
final class HandshakeMapping extends SimpleUrlHandlerMapping {

	HandshakeMapping(HubHandshake handshake) {
		super(Map.of(SignalrConfiguration.PATH, handshake), Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	public Mono<Object> getHandlerInternal(ServerWebExchange exchange) {
		return OpeningHandshake.isAttempted(exchange.getRequest()) ? super.getHandlerInternal(exchange) : Mono.empty();
	}

}
