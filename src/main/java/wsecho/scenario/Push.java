package wsecho.scenario;

import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.websocket.SessionScheduler;

/**
 * Sends numbered messages, and drops what it receives.
 *
 * @param messages the messages; after them the server ends the session
 */
record Push(NumberedMessages messages) implements Scenario {

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		return this.messages.made(SessionScheduler.of(session), session.bufferFactory(), Mono.never())
			.takeUntilOther(inbound.ignoreElements());
	}

}
