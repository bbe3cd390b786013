package wsecho.scenario;

import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;

/**
 * Sends nothing: the server ends the session at once.
 *
 * @param closeCode of its Close frame
 */
record Close(Integer closeCode) implements Scenario {

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		return Flux.empty();
	}

}
