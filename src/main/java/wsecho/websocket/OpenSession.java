package wsecho.websocket;

import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.scenario.Close;

/**
 * A session while it is open. The numbers may be read in any thread, and may lag behind a
 * little there; what is done to it is done in the event loop of its connection.
 */
public interface OpenSession {

	/** What has gone through it so far. */
	Traffic traffic();

	/**
	 * Whether the client is waited for: for what it sends, or to take what it is sent.
	 * Not so while the handler wants nothing.
	 */
	boolean isWaiting();

	/**
	 * Changes whenever something comes from the client that is waited for. While nothing
	 * is read, since the client does not take what it is sent, it changes when the
	 * network takes some of that. For one thread, and about once a second.
	 */
	long progress();

	/** Sends a ping (RFC 6455, 5.5.2) of which the handler does not know. */
	void ping();

	/**
	 * Closes the session when all that has been read of it has been dealt with, or a
	 * second later.
	 * @param reason what the Close frame says
	 */
	void goAway(CloseStatus reason);

	/**
	 * Gives up the connection, or its stream, without a Close.
	 * @param ending how the session has ended with it, unless that is known already
	 */
	void giveUp(SessionEnd ending);

}
