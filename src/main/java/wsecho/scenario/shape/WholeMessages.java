package wsecho.scenario.shape;

import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import wsecho.websocket.Fragments;

/** Counts messages, of which a fragmented one counts once. */
public final class WholeMessages {

	private WholeMessages() {
	}

	/**
	 * Takes the first messages.
	 * @param frames the messages, frame by frame
	 * @param count how many are taken, 1 or more
	 * @return the frames up to the last one of the last message
	 */
	public static Flux<WebSocketMessage> take(Flux<WebSocketMessage> frames, long count) {
		return Flux.defer(() -> {
			long[] left = { count };
			return frames.takeUntil((frame) -> Fragments.isLast(frame) && --left[0] == 0);
		});
	}

}
