package wsecho.signalr;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;

/**
 * What a poll is answered with.
 *
 * @param status of the answer
 * @param batch what waited for the client, or null
 * @param ends whether it ends as the client has asked the session to end
 */
record PollResult(HttpStatus status, @Nullable WebSocketMessage batch, boolean ends) {

	/** Nothing was there to be sent in all the time. */
	static final PollResult EMPTY = new PollResult(HttpStatus.OK, null, false);

	/** The connection is over, or another poll has come. */
	static final PollResult OVER = new PollResult(HttpStatus.NO_CONTENT, null, false);

	/** The connection ends, and not well. */
	static final PollResult END = new PollResult(HttpStatus.OK, null, true);

	static PollResult of(WebSocketMessage batch) {
		return new PollResult(HttpStatus.OK, batch, false);
	}

	/** The body; null if it has none. */
	@Nullable DataBuffer body() {
		return (this.batch != null) ? this.batch.getPayload() : null;
	}

	/** Nobody is there to be answered. */
	void release() {
		if (this.batch != null) {
			this.batch.release();
		}
	}

}
