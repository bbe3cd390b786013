package wsecho.websocket;

import java.util.Objects;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.websocket.SessionEnd.By;
import wsecho.websocket.codec.ClosePayload;

/** The Close frames of a session, one in each direction at most (RFC 6455, 5.5.1). */
final class CloseFrames {

	// RFC 6455, 5.5: 125 bytes, and two of them are the code
	private static final int MAX_REASON = 123;

	private final ChannelOutput output;

	private final CloseOutcome outcome;

	/** The client's, until it is answered. */
	private @Nullable CloseWebSocketFrame received;

	CloseFrames(ChannelOutput output, CloseOutcome outcome) {
		this.output = output;
		this.outcome = outcome;
	}

	/**
	 * Checks what a Close frame is to say.
	 * @throws IllegalArgumentException if it cannot
	 */
	static void requireSendable(CloseStatus status) {
		if (!ClosePayload.maySend(status.getCode())) {
			throw new IllegalArgumentException("A Close must not carry code " + status.getCode());
		}
		String reason = Objects.requireNonNullElse(status.getReason(), "");
		int length = ByteBufUtil.utf8Bytes(reason);
		if (length > MAX_REASON) {
			throw new IllegalArgumentException("A Close reason takes at most 123 bytes, not " + length);
		}
	}

	/**
	 * The client's has come.
	 * @param close the frame, owned from here on
	 * @param owed whether it will be answered
	 */
	void received(CloseWebSocketFrame close, boolean owed) {
		this.outcome.received(close);
		if (owed) {
			this.received = close;
		}
		else {
			close.release();
		}
	}

	/** Answers the client's with the same code and reason. */
	void answer() {
		if (this.received != null) {
			this.output.write(new CloseWebSocketFrame(true, 0, this.received.content()));
			this.received = null;
		}
	}

	/** Sends this end's, before the client's has come. */
	void send(CloseStatus status) {
		this.outcome.closed(By.SERVER, status);
		this.output.write(new CloseWebSocketFrame(status.getCode(), status.getReason()));
	}

	/** Releases the client's, if it was not answered. */
	void release() {
		if (this.received != null) {
			this.received.release();
			this.received = null;
		}
	}

}
