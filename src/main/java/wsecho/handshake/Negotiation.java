package wsecho.handshake;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketHandler;
import reactor.core.publisher.Mono;
import wsecho.websocket.SessionOptions;

/**
 * What a handshake leads to, if it is not refused.
 *
 * @param handler handles the session
 * @param subprotocol the one that is selected, of those that the client offers; or null
 * @param compress whether an offer of permessage-deflate (RFC 7692) is accepted
 * @param gate what the answer waits for, a {@link HandshakeRefusal} if it fails; or null
 * @param options of the session
 * @param ignored the parameters of the query that it ignores, percent-encoded
 * @param transport what the session is counted as
 * @param id what it is called, of {@link SessionAdmission#newId}; or null for a new id
 */
public record Negotiation(WebSocketHandler handler, @Nullable String subprotocol, boolean compress,
		@Nullable Mono<Void> gate, SessionOptions options, List<String> ignored, SessionTransport transport,
		@Nullable String id) {

	/** One for a WebSocket and nothing else, whose id is a new one. */
	public Negotiation(WebSocketHandler handler, @Nullable String subprotocol, boolean compress,
			@Nullable Mono<Void> gate, SessionOptions options, List<String> ignored) {
		this(handler, subprotocol, compress, gate, options, ignored, SessionTransport.WEBSOCKET, null);
	}

}
