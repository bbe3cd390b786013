package wsecho.handshake;

import java.util.function.Supplier;

import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import wsecho.websocket.ChannelSession;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.deflate.Compression;

/**
 * Upgrades a connection, or a stream of one, by Reactor Netty's handshake, and puts our
 * handlers in the place of its own. They are there before the 101 is written, so that
 * what comes in one packet with the handshake reaches the same decoder as all the rest.
 *
 * @param compression what was agreed on for it, or null
 * @param options of the session
 * @param listener is told of the session
 */
record UpgradeStrategy(@Nullable Compression compression, SessionOptions options,
		SessionListener listener) implements RequestUpgradeStrategy {

	@Override
	public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subprotocol,
			Supplier<HandshakeInfo> info) {
		ServerHttpResponse response = exchange.getResponse();
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		WebsocketServerSpec spec = spec(subprotocol);
		HandshakeInfo handshake = info.get();
		response.getHeaders().set("X-Session-Id", this.listener.id());
		if (this.compression != null) {
			response.getHeaders().set("Sec-WebSocket-Extensions", this.compression.header());
		}
		// WebFlux completes the response's headers first
		return response.setComplete().then(Mono.defer(() -> {
			ChannelSession session = ChannelSession.install(((Connection) nativeResponse).channel(), handshake,
					this.compression, this.options, this.listener);
			return nativeResponse.sendWebsocket((in, out) -> {
				in.withConnection(UpgradeStrategy::removeStock);
				// Reactor Netty keeps both for as long as the connection
				in.headers().clear();
				nativeResponse.responseHeaders().clear();
				return session.run(handler);
			}, spec)
				// a CONNECT for another protocol, or one that ends its stream at once, is
				// seen
				// only there, and has been answered with 400
				.onErrorComplete(WebSocketServerHandshakeException.class);
		}));
	}

	private static WebsocketServerSpec spec(@Nullable String subprotocol) {
		WebsocketServerSpec.Builder spec = WebsocketServerSpec.builder();
		return ((subprotocol != null) ? spec.protocols(subprotocol) : spec).build();
	}

	private static void removeStock(Connection connection) {
		connection.removeHandler("wsdecoder");
		connection.removeHandler("wsencoder");
	}

}
