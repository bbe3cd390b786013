package wsecho.handshake;

import java.util.Locale;

/** What carries a session. */
public enum SessionTransport {

	/** A WebSocket (RFC 6455, RFC 8441). */
	WEBSOCKET,
	/** A response that is a stream of events. */
	EVENTS,
	/** A response that is held. */
	HOLD,
	/** A response that is the body of its request. */
	ECHO,
	/** A response that tells of its request. */
	REQUEST;

	/** As metrics and reports have it. */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
