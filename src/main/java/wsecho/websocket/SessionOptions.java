package wsecho.websocket;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The options of one session, settled before it opens.
 *
 * @param messageLimit how long a message of the client's may be, in bytes, inflated;
 * {@link Long#MAX_VALUE} for no limit
 * @param pingInterval after how long a silence the client is sent a ping, 0 for never; or
 * null for what holds for all sessions
 * @param withheld what the server never sends
 * @param end how the server ends the session when the handler is done
 * @param hold how long the handler may hold a reply: a Close waits that much longer for
 * the replies that are owed
 */
public record SessionOptions(long messageLimit, @Nullable Duration pingInterval, Set<Withheld> withheld, EndAction end,
		Duration hold) {

	/** What a server may leave out that RFC 6455 asks for. */
	public enum Withheld {

		/** The answer to a ping (5.5.2). */
		PONG,
		/**
		 * The Close frame (5.5.1). A session that the server ends it ends by FIN; one
		 * that the client closes stays open until the client ends the connection.
		 */
		CLOSE

	}

	/**
	 * A session by RFC 6455 alone.
	 * @param messageLimit how long a message may be, in bytes
	 */
	public static SessionOptions standard(long messageLimit) {
		return new SessionOptions(messageLimit, null, Set.of(), EndAction.NORMAL, Duration.ZERO);
	}

	boolean withholds(Withheld what) {
		return this.withheld.contains(what);
	}

}
