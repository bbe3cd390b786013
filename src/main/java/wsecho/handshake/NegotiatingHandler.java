package wsecho.handshake;

import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/**
 * A handler that negotiates each session before it opens: what the client asks for is
 * read, and refused if need be, while there can still be an HTTP response.
 */
public interface NegotiatingHandler extends WebSocketHandler {

	/**
	 * Negotiates a session.
	 * @param opening a valid handshake
	 * @return what it leads to, the handler of that session among it
	 * @throws HandshakeRefusal if it leads to none
	 */
	Negotiation negotiate(OpeningHandshake opening);

	/**
	 * Fails: each session is handled by the handler that was negotiated for it.
	 */
	@Override
	default Mono<Void> handle(WebSocketSession session) {
		return Mono.error(new IllegalStateException("The session has not been negotiated"));
	}

}
