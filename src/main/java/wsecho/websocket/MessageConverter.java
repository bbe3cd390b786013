package wsecho.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;

/** A session's frames as the messages that its handler knows, and the other way round. */
final class MessageConverter {

	// RFC 6455, 5.5
	private static final int MAX_CONTROL_PAYLOAD = 125;

	private final NettyDataBufferFactory buffers;

	/** Of the message whose fragments are coming in. */
	private WebSocketMessage.Type incoming = WebSocketMessage.Type.BINARY;

	private @Nullable SentPings pings;

	MessageConverter(ByteBufAllocator allocator) {
		this.buffers = new NettyDataBufferFactory(allocator);
	}

	NettyDataBufferFactory buffers() {
		return this.buffers;
	}

	/** The message that stands for a frame, with the frame's buffer. */
	WebSocketMessage message(WebSocketFrame frame) {
		return new WebSocketMessage(type(frame), this.buffers.wrap(frame.content()), frame);
	}

	private WebSocketMessage.Type type(WebSocketFrame frame) {
		if (frame instanceof PongWebSocketFrame pong) {
			answered(pong);
			return WebSocketMessage.Type.PONG;
		}
		if (!(frame instanceof ContinuationWebSocketFrame)) {
			this.incoming = (frame instanceof TextWebSocketFrame) ? WebSocketMessage.Type.TEXT
					: WebSocketMessage.Type.BINARY;
		}
		return this.incoming;
	}

	/**
	 * The frame that a message is sent as: the one that it stands for, or a whole one.
	 * @throws IllegalArgumentException if it is a ping or pong of more than 125 bytes,
	 * which is released
	 */
	WebSocketFrame frame(WebSocketMessage message) {
		if (message.getNativeMessage() instanceof WebSocketFrame frame) {
			return frame;
		}
		ByteBuf payload = NettyDataBufferFactory.toByteBuf(message.getPayload());
		return switch (message.getType()) {
			case TEXT -> new TextWebSocketFrame(payload);
			case BINARY -> new BinaryWebSocketFrame(payload);
			case PING -> new PingWebSocketFrame(remember(fitting(payload)));
			case PONG -> new PongWebSocketFrame(fitting(payload));
		};
	}

	/** Whether a pong answers a ping that the handler has sent. */
	boolean isAnswer(PongWebSocketFrame pong) {
		return this.pings != null && this.pings.isAnsweredBy(pong.content());
	}

	private void answered(PongWebSocketFrame pong) {
		if (this.pings != null) {
			this.pings.answered(pong.content());
		}
	}

	private static ByteBuf fitting(ByteBuf payload) {
		if (payload.readableBytes() > MAX_CONTROL_PAYLOAD) {
			int length = payload.readableBytes();
			payload.release();
			throw new IllegalArgumentException("A ping or pong takes at most 125 bytes, not " + length);
		}
		return payload;
	}

	private ByteBuf remember(ByteBuf ping) {
		if (this.pings == null) {
			this.pings = new SentPings();
		}
		this.pings.sent(ping);
		return ping;
	}

}
