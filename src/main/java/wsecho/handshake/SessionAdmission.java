package wsecho.handshake;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import wsecho.websocket.SessionListener;

/** Decides whether a session may open. A handshake has to pass it. */
public interface SessionAdmission {

	/**
	 * Admits a session. Each one that is admitted ends, by {@link SessionListener#ended}
	 * at the latest.
	 * @param request a valid handshake (RFC 6455, 4.2.1)
	 * @param httpVersion the version of HTTP that it came in, 1.1 or 2
	 * @param negotiation what it leads to
	 * @param compressed whether with permessage-deflate (RFC 7692)
	 * @return the listener, to be told of the session
	 * @throws HandshakeRefusal if there is to be none
	 */
	SessionListener admit(ServerHttpRequest request, String httpVersion, Negotiation negotiation, boolean compressed);

	/**
	 * A handshake has been refused, here or for what is wrong with it, or a request that
	 * could not be read.
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
