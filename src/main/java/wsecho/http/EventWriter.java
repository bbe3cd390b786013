package wsecho.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.websocket.Fragments;

/**
 * Writes messages as events (WHATWG HTML, 9.2.5). Each is a line of data, which none of
 * their payloads ends, and has its number as id.
 */
final class EventWriter implements Comments {

	private final BodyTraffic traffic;

	private final DataBufferFactory buffers;

	private long number;

	/** Whether an event has begun that has not ended. */
	private boolean inside;

	EventWriter(BodyTraffic traffic, DataBufferFactory buffers) {
		this.traffic = traffic;
		this.buffers = buffers;
	}

	/** Null within an event, which it would end. */
	@Override
	public @Nullable DataBuffer comment(String text) {
		return this.inside ? null : text(DefaultDataBufferFactory.sharedInstance, ": " + text + "\n\n");
	}

	/** One message, or a fragment of one. */
	DataBuffer write(WebSocketMessage message) {
		boolean last = Fragments.isLast(message);
		this.inside = !last;
		if (last) {
			this.traffic.messageSent();
		}
		String before = Fragments.isFirst(message) ? "id: " + ++this.number + "\ndata: " : "";
		return this.buffers
			.join(List.of(text(this.buffers, before), message.getPayload(), text(this.buffers, last ? "\n\n" : "")));
	}

	private static DataBuffer text(DataBufferFactory buffers, String text) {
		return buffers.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
