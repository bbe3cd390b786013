package wsecho.websocket;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketHandler;
import reactor.core.publisher.Mono;
import wsecho.handshake.HandshakeRefusal;
import wsecho.scenario.Close;

/**
 * What a session is to be, settled before it opens.
 *
 * @param handler what the server does in it
 * @param subprotocol the one that is selected, of those that the client offers; or null
 * @param compress whether an offer of permessage-deflate is accepted
 * @param messageLimit how long a message of the client's may be in bytes, inflated; or
 * null for what holds for all sessions
 * @param ping after how long a silence the client is sent a ping, 0 for never; or null
 * for what holds for all sessions
 * @param withheld what the server never sends
 * @param finale how the server ends the session when the handler is done
 * @param hold how long the handler may hold a reply: so much longer it may take to answer
 * a Close
 * @param gate what the answer to the handshake waits for, a {@link HandshakeRefusal} if
 * it fails; or null
 */
public record SessionOptions(WebSocketHandler handler, @Nullable String subprotocol, boolean compress,
		@Nullable Long messageLimit, @Nullable Duration ping, Set<Withheld> withheld, EndAction finale, Duration hold,
		@Nullable Mono<Void> gate) {

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

	/** A session by RFC 6455 and as the service is configured. */
	public static SessionOptions plain(WebSocketHandler handler, @Nullable String subprotocol) {
		return new SessionOptions(handler, subprotocol, false, null, null, Set.of(), EndAction.NORMAL, Duration.ZERO,
				null);
	}

}
