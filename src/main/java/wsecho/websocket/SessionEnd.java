package wsecho.websocket;

import java.util.Objects;

import org.springframework.web.reactive.socket.CloseStatus;

/**
 * How a session has ended.
 *
 * @param by who ended it
 * @param how what ended it, seen here
 * @param code of the first Close frame in either direction; 1005 if it had none, 1006 if
 * there was no Close frame (RFC 6455, 7.1.5), 0 if it is no WebSocket
 * @param reason of that Close frame, as it came; empty if it had none
 */
public record SessionEnd(By by, How how, int code, String reason) {

	/** The connection, or its stream, broke. */
	public static final SessionEnd LOST = without(By.NETWORK, How.RST);

	/** The client answered no ping, or took nothing of what it was sent. */
	public static final SessionEnd SILENT = without(By.NETWORK, How.KEEP_ALIVE);

	/** This end would not wait any longer. */
	public static final SessionEnd OVERDUE = without(By.SERVER, How.TIME);

	/** It held too much of the memory that there is for all clients. */
	public static final SessionEnd SHED = without(By.SERVER, How.MEMORY);

	/** The client ended its direction without a Close frame. */
	public static final SessionEnd CUT = without(By.CLIENT, How.FIN);

	// never sent: it says that there was no Close frame (RFC 6455, 7.4.1)
	private static final int ABNORMAL_CLOSURE = 1006;

	/** One without a Close frame. */
	public static SessionEnd without(By by, How how) {
		return new SessionEnd(by, how, ABNORMAL_CLOSURE, "");
	}

	/** The same of a session that is no WebSocket. */
	public SessionEnd withoutCode() {
		return new SessionEnd(this.by, this.how, 0, "");
	}

	/** One by a Close frame. */
	static SessionEnd closed(By by, CloseStatus status) {
		return new SessionEnd(by, How.CLOSE, status.getCode(), Objects.requireNonNullElse(status.getReason(), ""));
	}

	/** Who ends a session. */
	public enum By {

		/** The client, or something on the way that speaks for it. */
		CLIENT,

		/** The service. */
		SERVER,

		/**
		 * Neither, as far as can be seen: the path between them, or a client that died.
		 */
		NETWORK

	}

	/** What ends a session. */
	public enum How {

		/** A Close frame (RFC 6455, 5.5.1). */
		CLOSE,

		/**
		 * The end of the response that its framing tells (RFC 9112, 6.3; RFC 9113, 8.1).
		 */
		BODY,

		/**
		 * The client's end of the connection (FIN) or stream (END_STREAM), and no Close.
		 */
		FIN,

		/** A reset (RST, RST_STREAM), or any other breach of the connection. */
		RST,

		/** Silence: no answer to a ping, or nothing taken of what is sent. */
		KEEP_ALIVE,

		/** A limit of time. */
		TIME,

		/** The memory for all clients, of which it held more than others. */
		MEMORY

	}

}
