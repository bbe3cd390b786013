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
	 * Refuses what no session could be opened for, whatever else it is.
	 * @param request any request
	 * @throws HandshakeRefusal if its origin may not connect, or the service is stopping
	 */
	void require(ServerHttpRequest request);

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
