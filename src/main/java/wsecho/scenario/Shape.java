package wsecho.scenario;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.scenario.shape.Fragmenter;
import wsecho.scenario.shape.Delay;
import wsecho.scenario.shape.WholeMessages;

/**
 * A scenario as a client wants it; null for what it does not say.
 *
 * @param scenario what the server does
 * @param messages after how many of its messages it ends the session
 * @param lifetime after what time it ends the session
 * @param delay how long it holds each message
 * @param held how much it holds at most
 * @param fragment how long its frames are at most, in bytes
 */
public record Shape(Scenario scenario, @Nullable Long messages, @Nullable Duration lifetime, @Nullable Duration delay,
		DataSize held, @Nullable Integer fragment) implements WebSocketHandler {

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		Mono<Void> sent = session.send(shape(this.scenario.play(session.receive(), session)));
		// not of the messages: a client that takes none has its session ended too
		return (this.lifetime != null) ? sent.takeUntilOther(Mono.delay(this.lifetime)) : sent;
	}

	Flux<WebSocketMessage> shape(Flux<WebSocketMessage> messages) {
		Flux<WebSocketMessage> shaped = messages;
		if (this.messages != null) {
			shaped = WholeMessages.take(shaped, this.messages);
		}
		if (this.delay != null) {
			shaped = Delay.of(shaped, this.delay, this.held);
		}
		if (this.fragment != null) {
			shaped = Fragmenter.into(shaped, this.fragment);
		}
		return shaped;
	}

}
