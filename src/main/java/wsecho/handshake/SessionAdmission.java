package wsecho.handshake;

import java.time.Duration;

import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** Watches over the sessions: a handshake has to pass it, and it is told of each life. */
public interface SessionAdmission {

	/**
	 * A request is a valid handshake (RFC 6455, 4.2.1). Each one that is admitted ends,
	 * by {@link SessionLife#ended} at the latest.
	 * @param request the request
	 * @param httpVersion the version of HTTP that it came in, 1.1 or 2
	 * @param terms what the session is to be
	 * @return what is told of the session that comes of it
	 * @throws HandshakeRefusal if none is to come of it
	 */
	SessionListener admit(ServerHttpRequest request, String httpVersion, SessionOptions terms);

	/**
	 * A handshake has been refused, here or for what is wrong with it.
	 * @param status the status of the response
	 */
	void refused(int status);

	/** How long a connection may be without a request that has its head whole. */
	Duration handshakeLimit();

	/** How many connections there may be now. */
	int connectionLimit();

}
