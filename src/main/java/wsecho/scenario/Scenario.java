package wsecho.scenario;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the server does in one session. */
public interface Scenario {

	/**
	 * The messages that the server sends.
	 * @param inbound what the client sends, frame by frame; a buffer that is kept has to
	 * be retained
	 * @param session makes messages
	 * @return what is sent; when it completes, the server ends the session
	 */
	Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session);

	/** The default of the parameter {@code code} on this path; null for 1000. */
	default @Nullable Integer closeCode() {
		return null;
	}

	/**
	 * What the answer to the handshake waits for, and is refused with if it fails; or
	 * null, if there is no such thing.
	 */
	default @Nullable Mono<Void> gate() {
		return null;
	}

}
