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
	REQUEST,
	/** A connection of the SignalR hub by WebSocket. */
	SIGNALR_WEBSOCKET,
	/** One whose server sends events, and whose client posts. */
	SIGNALR_EVENTS,
	/** One whose client polls and posts. */
	SIGNALR_POLLING;

	/** As metrics and reports have it. */
	public String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether it is a WebSocket, whose end has a close code. */
	public boolean isWebSocket() {
		return this == WEBSOCKET || this == SIGNALR_WEBSOCKET;
	}

}
