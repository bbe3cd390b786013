package wsecho.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.websocket.codec.Opcode;

/**
 * Messages as fragments (RFC 6455, 5.4). In a session of ours each message is one frame;
 * which part it is of the message that the peer means is in its native message. One that
 * has none is whole.
 */
public final class Fragments {

	private Fragments() {
	}

	/** Whether a message is the first frame of one, or whole. */
	public static boolean isFirst(WebSocketMessage message) {
		return !(message.getNativeMessage() instanceof ContinuationWebSocketFrame);
	}

	/** Whether a message is the last frame of one, or whole. */
	public static boolean isLast(WebSocketMessage message) {
		return !(message.getNativeMessage() instanceof WebSocketFrame frame) || frame.isFinalFragment();
	}

	/**
	 * A fragment.
	 * @param type text or binary, as that of the whole message
	 * @param payload its part of the payload, a buffer of the session's, owned from here
	 * on
	 * @param first whether it begins the message
	 * @param last whether it ends the message
	 * @return the fragment
	 */
	public static WebSocketMessage of(WebSocketMessage.Type type, DataBuffer payload, boolean first, boolean last) {
		int opcode = first ? opcode(type) : Opcode.CONTINUATION;
		ByteBuf content = NettyDataBufferFactory.toByteBuf(payload);
		return new WebSocketMessage(type, payload, Opcode.frame(opcode, last, 0, content));
	}

	/**
	 * The same in a buffer of its own, no larger than it has to be: what comes from the
	 * network is a slice of a larger one.
	 * @param message the message, released
	 * @return the copy
	 */
	public static WebSocketMessage copy(WebSocketMessage message) {
		NettyDataBuffer payload = (NettyDataBuffer) message.getPayload();
		try {
			ByteBuf bytes = payload.getNativeBuffer();
			ByteBuf copy = bytes.alloc()
				.buffer(bytes.readableBytes())
				.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
			return of(message.getType(), payload.factory().wrap(copy), isFirst(message), isLast(message));
		}
		finally {
			message.release();
		}
	}

	private static int opcode(WebSocketMessage.Type type) {
		return switch (type) {
			case TEXT -> Opcode.TEXT;
			case BINARY -> Opcode.BINARY;
			case PING -> Opcode.PING;
			case PONG -> Opcode.PONG;
		};
	}

}
