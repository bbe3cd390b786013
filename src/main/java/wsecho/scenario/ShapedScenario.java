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
import wsecho.scenario.shape.SessionClock;
import wsecho.scenario.shape.WholeMessages;

/**
 * A scenario as a client wants it.
 *
 * @param scenario what the server does
 * @param parameters how many, how late and in what pieces it sends
 * @param held how much of it is held at most
 */
record ShapedScenario(Scenario scenario, SessionParameters parameters, DataSize held) implements WebSocketHandler {

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		SessionClock clock = SessionClock.of(session);
		Mono<Void> sent = session.send(shape(this.scenario.outbound(session.receive(), session), clock));
		Duration lifetime = this.parameters.lifetime();
		// not of the messages: a client that takes none has its session ended too
		return (lifetime != null) ? sent.takeUntilOther(clock.timer(lifetime)) : sent;
	}

	private Flux<WebSocketMessage> shape(Flux<WebSocketMessage> messages, SessionClock clock) {
		Flux<WebSocketMessage> shaped = messages;
		if (this.parameters.messages() != null) {
			shaped = WholeMessages.take(shaped, this.parameters.messages());
		}
		if (!this.parameters.delay().isZero()) {
			shaped = Delay.of(shaped, this.parameters.delay(), this.held, clock);
		}
		if (this.parameters.fragment() != null) {
			shaped = Fragmenter.into(shaped, (int) this.parameters.fragment().toBytes());
		}
		return shaped;
	}

}
