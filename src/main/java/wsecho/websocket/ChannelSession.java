package wsecho.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import wsecho.scenario.Close;

/**
 * A session as Spring's handlers know it. It differs from Spring's own in that a message
 * is one frame, as it was on the wire: a fragmented message is several, of the one type,
 * whose native message tells FIN. Pings are answered, and Close frames too, in their turn
 * and unseen; a pong is received only if it answers a ping that the handler has sent.
 */
public final class ChannelSession implements WebSocketSession {

	private final String id;

	private final ChannelEnd end;

	private final HandshakeInfo info;

	private final Map<String, Object> attributes;

	public ChannelSession(String id, ChannelEnd end, HandshakeInfo info) {
		this.id = id;
		this.end = end;
		this.info = info;
		this.attributes = new ConcurrentHashMap<>(info.getAttributes());
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public HandshakeInfo getHandshakeInfo() {
		return this.info;
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return this.end.messages().buffers();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	/**
	 * The frames of the client's messages. Completes when it closes or ends the
	 * connection and when a Close ends the session for another reason, fails when the
	 * network does. A subscriber that cancels gives up the rest: it is discarded, and the
	 * session stays open until the handler is done.
	 * @return the frames, to be subscribed to once: an {@link IllegalStateException}
	 * later
	 */
	@Override
	public Flux<WebSocketMessage> receive() {
		return this.end.inbound();
	}

	@Override
	public Mono<Void> send(Publisher<WebSocketMessage> messages) {
		return FrameSink.send(this.end, messages);
	}

	@Override
	public boolean isOpen() {
		return this.end.channel().isActive();
	}

	/**
	 * Begins the closing handshake (RFC 6455, 7.1.2), unless it has begun.
	 * @param status what the Close frame says
	 * @return completes when the connection has ended: after the client's Close, or
	 * without it after a few seconds
	 */
	@Override
	public Mono<Void> close(CloseStatus status) {
		return Mono.defer(() -> {
			this.end.execute(() -> this.end.closing().close(status));
			return ended();
		});
	}

	@Override
	public Mono<CloseStatus> closeStatus() {
		return this.end.closing().status();
	}

	@Override
	public WebSocketMessage textMessage(String payload) {
		return new WebSocketMessage(WebSocketMessage.Type.TEXT,
				bufferFactory().wrap(payload.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public WebSocketMessage binaryMessage(Function<DataBufferFactory, DataBuffer> payload) {
		return new WebSocketMessage(WebSocketMessage.Type.BINARY, payload.apply(bufferFactory()));
	}

	@Override
	public WebSocketMessage pingMessage(Function<DataBufferFactory, DataBuffer> payload) {
		return new WebSocketMessage(WebSocketMessage.Type.PING, payload.apply(bufferFactory()));
	}

	@Override
	public WebSocketMessage pongMessage(Function<DataBufferFactory, DataBuffer> payload) {
		return new WebSocketMessage(WebSocketMessage.Type.PONG, payload.apply(bufferFactory()));
	}

	/** Completes when the connection has ended. */
	public Mono<Void> ended() {
		return FutureMono.from(this.end.channel().closeFuture());
	}

}
