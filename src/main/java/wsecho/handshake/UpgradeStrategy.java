package wsecho.handshake;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.Channel;
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
 * @param extension the one that is accepted, or null
 * @param options of the session
 * @param listener is told of the session
 */
record UpgradeStrategy(@Nullable AcceptedExtension extension, SessionOptions options,
		SessionListener listener) implements RequestUpgradeStrategy {

	private static final long UPGRADE_SECONDS = 10;

	@Override
	public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subprotocol,
			Supplier<HandshakeInfo> info) {
		ServerHttpResponse response = exchange.getResponse();
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		WebsocketServerSpec spec = spec(subprotocol);
		HandshakeInfo handshake = info.get();
		response.getHeaders().set("X-Session-Id", this.listener.id());
		if (this.extension != null) {
			response.getHeaders().set(OpeningHandshake.EXTENSIONS, this.extension.response());
		}
		// WebFlux completes the response's headers first
		return response.setComplete().then(Mono.defer(() -> {
			Channel channel = ((Connection) nativeResponse).channel();
			ChannelSession session = ChannelSession.install(channel, handshake, compression(), this.options,
					this.listener);
			Future<?> overdue = closeLater(channel);
			return nativeResponse.sendWebsocket((in, out) -> {
				in.withConnection(UpgradeStrategy::removeStock);
				// Reactor Netty keeps both for as long as the connection
				in.headers().clear();
				nativeResponse.responseHeaders().clear();
				return session.run(handler);
			}, spec).doFinally((signal) -> overdue.cancel(false));
		}));
	}

	private @Nullable Compression compression() {
		return (this.extension != null) ? this.extension.compression() : null;
	}

	// the answer may not get through: behind others that the client does not read
	private static Future<?> closeLater(Channel channel) {
		return channel.eventLoop().schedule(() -> channel.close(), UPGRADE_SECONDS, TimeUnit.SECONDS);
	}

	private static WebsocketServerSpec spec(@Nullable String subprotocol) {
		WebsocketServerSpec.Builder spec = WebsocketServerSpec.builder();
		return ((subprotocol != null) ? spec.protocols(subprotocol) : spec).build();
	}

	private static void removeStock(Connection connection) {
		connection.removeHandler("wsdecoder");
		connection.removeHandler("wsencoder");
		connection.removeHandler(HeldAnswer.NAME);
	}

}
