package wsecho.websocket;

import java.util.Objects;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How a session ends: what says so first is what counts. */
final class CloseOutcome {

	private final Sinks.One<CloseStatus> status = Sinks.unsafe().one();

	private @Nullable SessionEnd end;

	/** The client has sent its Close frame. */
	void received(CloseWebSocketFrame close) {
		closed(SessionEnd.By.CLIENT, (close.statusCode() == -1) ? CloseStatus.NO_STATUS_CODE
				: CloseStatus.create(close.statusCode(), close.reasonText()));
	}

	/** A Close frame has gone in either direction. */
	void closed(SessionEnd.By by, CloseStatus status) {
		ended(SessionEnd.closed(by, status));
		this.status.tryEmitValue(status);
	}

	/** The session ends, by a Close or without. */
	void ended(SessionEnd end) {
		if (this.end == null) {
			this.end = end;
		}
	}

	/** There will be no further Close frame. */
	void complete() {
		this.status.tryEmitEmpty();
	}

	/**
	 * The status of the first Close in either direction; empty if the session ends with
	 * none.
	 */
	Mono<CloseStatus> status() {
		return this.status.asMono();
	}

	/** How the session has ended, once the connection has. */
	SessionEnd end() {
		return Objects.requireNonNullElse(this.end, SessionEnd.LOST);
	}

}
