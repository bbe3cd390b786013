package wsecho.scenario;

import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.handshake.HandshakeRefusal;

/**
 * Refuses the handshake.
 *
 * @param refusal the answer
 */
record Refuse(HandshakeRefusal refusal) implements Scenario {

	@Override
	public Mono<Void> gate() {
		return Mono.error(this.refusal);
	}

	@Override
	public Flux<WebSocketMessage> play(Flux<WebSocketMessage> received, WebSocketSession session) {
		return Flux.error(this.refusal);
	}

}
