package wsecho.scenario.shape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.websocket.Fragments;

/** Messages in buffers that have to be released. */
final class Messages {

	private final NettyDataBufferFactory factory = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private final List<ByteBuf> buffers = new ArrayList<>();

	WebSocketMessage text(String payload) {
		return text(payload, true, true);
	}

	WebSocketMessage text(String payload, boolean first, boolean last) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer().writeBytes(payload.getBytes(StandardCharsets.UTF_8));
		this.buffers.add(buffer);
		return Fragments.of(WebSocketMessage.Type.TEXT, this.factory.wrap(buffer), first, last);
	}

	/** How many of those made are not released yet. */
	long unreleased() {
		return this.buffers.stream().filter((buffer) -> buffer.refCnt() > 0).count();
	}

	/**
	 * A message as a test reads it, and no more of it.
	 * @param message the message, released
	 * @return its payload; with < before it if it begins a message, > behind it if it
	 * ends one
	 */
	static String read(WebSocketMessage message) {
		String payload = message.getPayloadAsText(StandardCharsets.UTF_8);
		message.release();
		return (Fragments.isFirst(message) ? "<" : "") + payload + (Fragments.isLast(message) ? ">" : "");
	}

}
