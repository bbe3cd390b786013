package wsecho.scenario;

import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;

/** Sends back what it receives: text as text, binary as binary. */
record Echo() implements Scenario {

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		return inbound.doOnNext(WebSocketMessage::retain);
	}

}
