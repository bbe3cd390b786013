package wsecho.scenario;

import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;

/** Sends back what it receives: text as text, binary as binary. */
record Echo() implements Scenario {

	@Override
	public Flux<WebSocketMessage> play(Flux<WebSocketMessage> received, WebSocketSession session) {
		return received.doOnNext(WebSocketMessage::retain);
	}

}
