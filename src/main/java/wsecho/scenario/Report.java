package wsecho.scenario;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * First sends a report of the handshake as it reached the server, then echoes.
 *
 * @param text of the report; null once it is sent, since the session holds this record
 * until it ends
 */
record Report(AtomicReference<@Nullable ReportText> text) implements Scenario {

	Report(ReportText text) {
		this(new AtomicReference<>(text));
	}

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		return Mono.fromSupplier(() -> session.textMessage(take().json(session)))
			.concatWith(new Echo().outbound(inbound, session));
	}

	private ReportText take() {
		return Objects.requireNonNull(this.text.getAndSet(null));
	}

}
