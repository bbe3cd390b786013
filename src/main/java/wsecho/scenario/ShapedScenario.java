package wsecho.scenario;

import java.time.Duration;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.scenario.parameter.SessionParameters;
import wsecho.scenario.shape.Delay;
import wsecho.scenario.shape.Fragmenter;
import wsecho.scenario.shape.WholeMessages;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.SessionScheduler;

/**
 * A scenario with the client's parameters applied to its messages.
 *
 * @param scenario what the server does
 * @param parameters the lifetime, and the number, delay and fragment size of the messages
 * @param held how much of what is delayed may be held
 */
public record ShapedScenario(Scenario scenario, SessionParameters parameters,
		DataSize held) implements WebSocketHandler {

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		Mono<Void> sent = session.send(shape(this.scenario.outbound(session.receive(), session), session));
		Duration lifetime = this.parameters.lifetime();
		// not on the messages, of which a client may take none
		return (lifetime != null) ? sent.takeUntilOther(Mono.delay(lifetime, SessionScheduler.of(session))) : sent;
	}

	private Flux<WebSocketMessage> shape(Flux<WebSocketMessage> messages, WebSocketSession session) {
		Flux<WebSocketMessage> shaped = messages;
		if (this.parameters.messages() != null) {
			shaped = WholeMessages.take(shaped, this.parameters.messages());
		}
		if (!this.parameters.delay().isZero()) {
			shaped = Delay.of(shaped, this.parameters.delay(), this.held, SessionScheduler.of(session),
					HeldMemory.of(session));
		}
		if (this.parameters.fragment() != null) {
			shaped = Fragmenter.into(shaped, (int) this.parameters.fragment().toBytes());
		}
		return shaped;
	}

}
