package wsecho.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.handshake.HandshakeRefusal;

/**
 * Refuses the handshake.
 *
 * @param status of the response
 * @param retryAfter the field Retry-After, or null
 * @param location the field Location, or null
 */
public record Refuse(Long status, @Nullable Duration retryAfter, @Nullable String location) implements Scenario {

	@Override
	public Mono<Void> gate() {
		return Mono.error(this::refusal);
	}

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		return Flux.error(this::refusal);
	}

	/** What the client is told. */
	public HandshakeRefusal refusal() {
		Map<String, String> fields = new HashMap<>();
		if (this.retryAfter != null) {
			fields.put(HttpHeaders.RETRY_AFTER, "" + this.retryAfter.plusNanos(999_999_999).toSeconds());
		}
		if (this.location != null) {
			fields.put(HttpHeaders.LOCATION, this.location);
		}
		return HandshakeRefusal.asked(this.status.intValue(), fields);
	}

}
