package wsecho.scenario.shape;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import wsecho.websocket.Fragments;

/** Cuts messages into smaller fragments (RFC 6455, 5.4), inside code points too. */
public final class Fragmenter {

	private Fragmenter() {
	}

	/**
	 * Cuts messages.
	 * @param frames the messages, frame by frame
	 * @param size how long a frame may be, in bytes, 1 or more
	 * @return the same messages in frames of at most that size
	 */
	public static Flux<WebSocketMessage> into(Flux<WebSocketMessage> frames, int size) {
		// no prefetch: the next frame is requested when this one's pieces are sent
		return frames
			.concatMap((frame) -> Flux.using(() -> frame, (whole) -> pieces(whole, size), WebSocketMessage::release), 0)
			// a frame that arrives after a cancel
			.doOnDiscard(WebSocketMessage.class, WebSocketMessage::release);
	}

	private static Flux<WebSocketMessage> pieces(WebSocketMessage whole, int size) {
		return Flux.generate(() -> Fragments.isFirst(whole), (first, sink) -> {
			piece(whole, size, first, sink);
			return false;
		});
	}

	private static void piece(WebSocketMessage whole, int size, boolean first, SynchronousSink<WebSocketMessage> sink) {
		DataBuffer rest = whole.getPayload();
		boolean last = rest.readableByteCount() <= size;
		DataBuffer piece = rest.split(rest.readPosition() + Math.min(size, rest.readableByteCount()));
		sink.next(Fragments.of(whole.getType(), piece, first, last && Fragments.isLast(whole)));
		if (last) {
			sink.complete();
		}
	}

}
