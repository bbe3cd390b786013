package wsecho.handshake;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.ChannelSession;
import wsecho.websocket.SessionListener;
import wsecho.websocket.deflate.Compression;

/**
 * Upgrades a connection, or a stream of one, by Reactor Netty's handshake, and puts our
 * handlers in the place of its own. They are there before the 101 is written, so that
 * what comes in one packet with the handshake reaches the same decoder as all the rest.
 *
 * @param exchange the request, and the response to come
 * @param request the same as Reactor Netty has it
 * @param negotiation what the handshake leads to
 * @param extension the one that is accepted, or null
 * @param listener is told of the session
 * @param memory of which the session draws
 */
record Upgrade(ServerWebExchange exchange, HttpServerRequest request, Negotiation negotiation,
		@Nullable AcceptedExtension extension, SessionListener listener, MemoryBudget memory) {

	private static final long LIMIT_SECONDS = 10;

	/**
	 * Answers with 101 and opens the session.
	 * @return completes when the session is open
	 */
	Mono<Void> perform() {
		ServerHttpResponse response = this.exchange.getResponse();
		addFields(response.getHeaders());
		HandshakeInfo info = RequestInfo.of(this.exchange, this.request.requestHeaders(),
				this.negotiation.subprotocol(), this.extension);
		simplifyRequest();
		HttpServerResponse nativeResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		// WebFlux completes the response's headers first
		return response.setComplete().then(Mono.defer(() -> open(nativeResponse, info)));
	}

	private void addFields(HttpHeaders headers) {
		headers.set("X-Session-Id", this.listener.id());
		if (this.extension != null) {
			headers.set(OpeningHandshake.EXTENSIONS, this.extension.response());
		}
		if (!this.negotiation.ignored().isEmpty()) {
			headers.set("X-Ignored-Parameters", String.join(", ", this.negotiation.ignored()));
		}
	}

	// Netty reads the first line of each field alone, and of Upgrade only the one name
	private void simplifyRequest() {
		String subprotocol = this.negotiation.subprotocol();
		this.request.requestHeaders()
			.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
			.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
		if (subprotocol != null) {
			this.request.requestHeaders().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
	}

	private Mono<Void> open(HttpServerResponse response, HandshakeInfo info) {
		Channel channel = ((Connection) this.request).channel();
		ChannelSession session = ChannelSession.install(channel, info, compression(), this.negotiation.options(),
				this.listener, this.memory);
		Future<?> overdue = closeLater(channel);
		return response.sendWebsocket((in, out) -> {
			in.withConnection(Upgrade::removeStock);
			// Reactor Netty keeps both for as long as the connection
			in.headers().clear();
			response.responseHeaders().clear();
			return session.run(this.negotiation.handler());
		}, spec(this.negotiation.subprotocol())).doFinally((signal) -> overdue.cancel(false));
	}

	private @Nullable Compression compression() {
		return (this.extension != null) ? this.extension.compression() : null;
	}

	// the answer may not get through: behind others that the client does not read
	private static Future<?> closeLater(Channel channel) {
		return channel.eventLoop().schedule(() -> channel.close(), LIMIT_SECONDS, TimeUnit.SECONDS);
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
