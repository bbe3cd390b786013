package wsecho.handshake;

import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakeException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import wsecho.websocket.ChannelEnd;
import wsecho.websocket.ChannelSession;
import wsecho.websocket.ConnectionWindow;
import wsecho.websocket.EndOfStream;
import wsecho.websocket.HandlerSubscriber;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.codec.FrameDecoder;
import wsecho.websocket.codec.FrameEncoder;
import wsecho.websocket.deflate.Compression;

/**
 * Upgrades a connection, or a stream of one, by Reactor Netty's handshake, and puts our
 * handlers in the place of its own. They are there before the 101 is written, so that
 * what comes in one packet with the handshake reaches the same decoder as all the rest.
 *
 * @param compression what was agreed on for it, or null
 * @param terms what the session is to be
 * @param life what is told of the session
 */
record UpgradeStrategy(@Nullable Compression compression, SessionOptions terms,
		SessionListener life) implements RequestUpgradeStrategy {

	@Override
	public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subprotocol,
			Supplier<HandshakeInfo> info) {
		ServerHttpResponse response = exchange.getResponse();
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		WebsocketServerSpec spec = spec(subprotocol);
		HandshakeInfo handshake = info.get();
		response.getHeaders().set("X-Session-Id", this.life.id());
		if (this.compression != null) {
			response.getHeaders().set("Sec-WebSocket-Extensions", this.compression.header());
		}
		// WebFlux completes the response's headers first
		return response.setComplete().then(Mono.defer(() -> {
			ChannelEnd end = install(((Connection) nativeResponse).channel());
			return nativeResponse.sendWebsocket((in, out) -> {
				in.withConnection(UpgradeStrategy::removeStock);
				// Reactor Netty keeps both for as long as the connection
				in.headers().clear();
				nativeResponse.responseHeaders().clear();
				return Mono.deferContextual((context) -> {
					ChannelSession session = new ChannelSession(this.life.id(), end, handshake);
					this.life.opened(end);
					new HandlerSubscriber(end, context).run(handler, session);
					return session.ended();
				});
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

	private ChannelEnd install(Channel channel) {
		ChannelEnd end = new ChannelEnd(channel, this.compression, this.terms, this.life);
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "wsecho.encoder", new FrameEncoder());
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "wsecho.decoder", new FrameDecoder(this.compression != null));
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "wsecho.session", end);
		if (channel instanceof Http2StreamChannel stream) {
			ConnectionWindow.share(stream);
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "wsecho.end", new EndOfStream());
		}
		return end;
	}

	private static void removeStock(Connection connection) {
		connection.removeHandler("wsdecoder");
		connection.removeHandler("wsencoder");
	}

}
