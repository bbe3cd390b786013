package wsecho.scenario;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;

/**
 * Sends nothing: the server ends the session at once.
 *
 * @param code of its Close frame
 */
public record Close(int code) implements Scenario {

	@Override
	public CloseStatus closing() {
		return new CloseStatus(this.code, "Closing");
	}

	@Override
	public Flux<WebSocketMessage> play(Flux<WebSocketMessage> received, WebSocketSession session) {
		return Flux.empty();
	}

}
