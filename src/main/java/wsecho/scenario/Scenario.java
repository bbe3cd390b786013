package wsecho.scenario;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the server does in one session. */
public interface Scenario {

	/**
	 * Plays it.
	 * @param received what the client sends, frame by frame; a buffer that is kept has to
	 * be retained
	 * @param session makes messages
	 * @return what the server sends; when that is all, it ends the session
	 */
	Flux<WebSocketMessage> play(Flux<WebSocketMessage> received, WebSocketSession session);

	/** What the Close frame says unless the client wants something else. */
	default CloseStatus closing() {
		return CloseStatus.NORMAL.withReason("Closing");
	}

	/** What its handshake waits for, and fails with; or null. */
	default @Nullable Mono<Void> gate() {
		return null;
	}

}
