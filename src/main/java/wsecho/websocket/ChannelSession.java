package wsecho.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.codec.FrameEncoder;
import wsecho.websocket.deflate.Compression;

/**
 * A session as Spring's handlers know it. It differs from Spring's own in that a message
 * is one frame, as it was on the wire: a fragmented message is several, of the one type,
 * whose native message tells FIN. Pings are answered, and Close frames too, in their turn
 * and unseen; a pong is received only if it answers a ping that the handler has sent.
 */
public final class ChannelSession implements WebSocketSession {

	private final Channel channel;

	private final SessionChannelHandler handler;

	private final HandshakeInfo info;

	private final SessionListener listener;

	private final Map<String, Object> attributes;

	private ChannelSession(Channel channel, SessionChannelHandler handler, HandshakeInfo info,
			SessionListener listener) {
		this.channel = channel;
		this.handler = handler;
		this.info = info;
		this.listener = listener;
		this.attributes = new ConcurrentHashMap<>(info.getAttributes());
	}

	/**
	 * Puts a session into a channel, in front of Reactor Netty's own handler.
	 * @param channel a connection, or a stream of HTTP/2, about to be upgraded
	 * @param info on the handshake
	 * @param compression what was agreed on, or null
	 * @param options of the session
	 * @param listener is told of it
	 * @param memory of which it draws what it holds
	 * @return the session
	 */
	public static ChannelSession install(Channel channel, HandshakeInfo info, @Nullable Compression compression,
			SessionOptions options, SessionListener listener, MemoryBudget memory) {
		SessionChannelHandler handler = new SessionChannelHandler(channel, compression, options, listener, memory);
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "wsecho.encoder", new FrameEncoder());
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "wsecho.session", handler);
		if (channel instanceof Http2StreamChannel stream) {
			ConnectionWindow.share(stream);
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "wsecho.inbound",
					new Http2Inbound(pipeline.context("wsecho.encoder")));
		}
		return new ChannelSession(channel, handler, info, listener);
	}

	/**
	 * Opens the session and hands it to its handler, unless its connection has ended.
	 * @param handler handles it
	 * @return completes when the connection, or its stream, has ended
	 */
	public Mono<Void> run(WebSocketHandler handler) {
		return Mono.deferContextual((context) -> {
			if (isOpen()) {
				this.listener.opened(this.handler.live());
				new HandlerSubscriber(this.channel.eventLoop(), this.handler.closing(), context).subscribe(handler,
						this);
				Handover.to(this.channel.eventLoop(), this.handler.source()::opened);
			}
			return ended();
		});
	}

	/** The event loop, in which all signals of the session come. */
	Scheduler scheduler() {
		return Schedulers.fromExecutorService(this.channel.eventLoop());
	}

	HeldMemory held() {
		return this.handler.held();
	}

	@Override
	public String getId() {
		return this.listener.id();
	}

	@Override
	public HandshakeInfo getHandshakeInfo() {
		return this.info;
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return this.handler.converter().buffers();
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
		return this.handler.source().messages();
	}

	@Override
	public Mono<Void> send(Publisher<WebSocketMessage> messages) {
		return FrameSink.send(this.handler.sinks(), messages);
	}

	@Override
	public boolean isOpen() {
		return this.channel.isActive();
	}

	/**
	 * Begins the closing handshake (RFC 6455, 7.1.2), unless it has begun.
	 * @param status what the Close frame says
	 * @return completes when the connection has ended: after the client's Close, or
	 * without it after a few seconds; fails with an {@link IllegalArgumentException} if a
	 * Close frame cannot say that
	 */
	@Override
	public Mono<Void> close(CloseStatus status) {
		return Mono.defer(() -> {
			CloseFrames.requireSendable(status);
			Handover.to(this.channel.eventLoop(), () -> this.handler.closing().close(status));
			return ended();
		});
	}

	@Override
	public Mono<CloseStatus> closeStatus() {
		return this.handler.closing().outcome().status();
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
		return FutureMono.from(this.channel.closeFuture());
	}

}
