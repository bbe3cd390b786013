package wsecho.websocket.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

import static java.util.Objects.requireNonNull;

/** What a decoder handed on, as values. */
record ReceivedFrame(int opcode, boolean fin, int rsv, String payload) {

	private static final Map<Class<?>, Integer> OPCODES = Map.of(ContinuationWebSocketFrame.class, 0x0,
			TextWebSocketFrame.class, 0x1, BinaryWebSocketFrame.class, 0x2, CloseWebSocketFrame.class, 0x8,
			PingWebSocketFrame.class, 0x9, PongWebSocketFrame.class, 0xA);

	/** Takes and releases all that the channel has, frames and violations. */
	static List<Object> all(EmbeddedChannel channel) {
		List<Object> all = new ArrayList<>();
		for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
			all.add((next instanceof WebSocketFrame frame) ? of(frame) : next);
		}
		return all;
	}

	static ReceivedFrame of(WebSocketFrame frame) {
		try {
			return new ReceivedFrame(requireNonNull(OPCODES.get(frame.getClass())), frame.isFinalFragment(),
					frame.rsv(), latin1(ByteBufUtil.getBytes(frame.content())));
		}
		finally {
			frame.release();
		}
	}

	/** Bytes as a string, a character each, to be compared, joined and shown. */
	static String latin1(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	@Override
	public String toString() {
		byte[] payload = this.payload.getBytes(StandardCharsets.ISO_8859_1);
		return "%s%X/%d %d %s".formatted(this.fin ? "FIN+" : "", this.opcode, this.rsv, payload.length,
				HexFormat.of().formatHex(payload, 0, Math.min(payload.length, 40)));
	}

}
