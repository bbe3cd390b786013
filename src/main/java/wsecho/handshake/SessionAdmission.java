package wsecho.handshake;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import wsecho.websocket.SessionListener;

/**
 * Decides whether a session may open. A handshake has to pass it, and any other request
 * that lasts.
 */
public interface SessionAdmission {

	/**
	 * Admits a session. Each one that is admitted ends, by {@link SessionListener#ended}
	 * at the latest.
	 * @param request what asks for it
	 * @return the listener, to be told of the session
	 * @throws HandshakeRefusal if there is to be none
	 */
	SessionListener admit(SessionRequest request);

	/**
	 * Refuses the requests of pages that may not connect.
	 * @param request any request
	 * @throws HandshakeRefusal with status 403
	 */
	void requireOrigin(ServerHttpRequest request);

	/**
	 * Refuses what could only lead to a session that is not admitted any more.
	 * @throws HandshakeRefusal with status 503 while the service stops
	 */
	void requireOpen();

	/** An id for a session that may be asked for later. */
	String newId();

	/**
	 * A session has been refused, here or for what is wrong with its request, or a
	 * request that could not be read.
	 * @param status the status of the response
	 */
	void refused(int status);

	/**
	 * Whether the pages of an origin may connect.
	 * @param origin as a browser says it (RFC 6454, 6.2)
	 */
	boolean isAllowed(String origin);

	/**
	 * Tells when no more sessions are admitted, so that held handshakes are refused.
	 * @return fails then with a {@link HandshakeRefusal}
	 */
	Mono<Void> whenClosed();

	/** How many connections there may be now. */
	int connectionLimit();

}
