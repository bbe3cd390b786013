package wsecho.websocket;

import java.time.Duration;

import org.springframework.web.reactive.socket.CloseStatus;

/**
 * How the server ends a session.
 *
 * @param kind what it does
 * @param status what the Close frame says, if there is one
 * @param silence for how long it leaves the connection open, if it only falls silent
 */
public record EndAction(Kind kind, CloseStatus status, Duration silence) {

	static final EndAction NORMAL = new EndAction(Kind.CLOSE, CloseStatus.NORMAL, Duration.ZERO);

	static final EndAction INTERNAL_ERROR = new EndAction(Kind.CLOSE, CloseStatus.SERVER_ERROR, Duration.ZERO);

	/** What the server does to a session that it ends. */
	public enum Kind {

		/** A Close frame and the closing handshake (RFC 6455, 7.1.2). */
		CLOSE,
		/** FIN or END_STREAM, without a Close frame. */
		EOF,
		/** RST, or RST_STREAM with CANCEL. */
		ABORT,
		/** It goes on reading and sends nothing any more, whatever comes. */
		SILENCE,
		/** It stops reading, and sends nothing any more. */
		STALL

	}

}
