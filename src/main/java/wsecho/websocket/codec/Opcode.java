package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** The opcodes of RFC 6455, 5.2, and the frames of Netty that stand for them. */
public final class Opcode {

	public static final int CONTINUATION = 0x0;

	public static final int TEXT = 0x1;

	public static final int BINARY = 0x2;

	public static final int CLOSE = 0x8;

	public static final int PING = 0x9;

	public static final int PONG = 0xA;

	private Opcode() {
	}

	/** Whether it is that of a control frame (RFC 6455, 5.5). */
	public static boolean isControl(int opcode) {
		return opcode >= CLOSE;
	}

	/** Whether it is that of the first frame of a message: text or binary. */
	static boolean opensMessage(int opcode) {
		return opcode == TEXT || opcode == BINARY;
	}

	/** The opcode of a frame of Netty's. */
	public static int of(WebSocketFrame frame) {
		if (frame instanceof TextWebSocketFrame) {
			return TEXT;
		}
		if (frame instanceof BinaryWebSocketFrame) {
			return BINARY;
		}
		if (frame instanceof ContinuationWebSocketFrame) {
			return CONTINUATION;
		}
		if (frame instanceof PongWebSocketFrame) {
			return PONG;
		}
		return (frame instanceof PingWebSocketFrame) ? PING : CLOSE;
	}

	/** Netty's frame for an opcode, which has to be one of these. */
	public static WebSocketFrame frame(int opcode, boolean fin, int rsv, ByteBuf payload) {
		return switch (opcode) {
			case TEXT -> new TextWebSocketFrame(fin, rsv, payload);
			case BINARY -> new BinaryWebSocketFrame(fin, rsv, payload);
			case CLOSE -> new CloseWebSocketFrame(fin, rsv, payload);
			case PING -> new PingWebSocketFrame(fin, rsv, payload);
			case PONG -> new PongWebSocketFrame(fin, rsv, payload);
			default -> new ContinuationWebSocketFrame(fin, rsv, payload);
		};
	}

}
