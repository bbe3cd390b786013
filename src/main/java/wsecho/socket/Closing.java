package wsecho.socket;

import java.util.Objects;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The closing handshake (RFC 6455, 7.1), whoever begins it: one Close frame in each
 * direction at most, then this end's FIN, then the client's. Each wait has a limit.
 */
final class Closing {

	private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

	private static final long LIMIT_SECONDS = 5;

	private static final long LEAVE_SECONDS = 1;

	private final ChannelEnd end;

	private final Inbound inbound;

	private final Sinks.One<CloseStatus> status = Sinks.unsafe().one();

	/** How the session ends, as soon as that is certain. */
	private @Nullable Ending ending;

	/** What the Close says that comes when all that was read has been dealt with. */
	private @Nullable CloseStatus leaving;

	/** The client's Close, until it is answered. */
	private @Nullable CloseWebSocketFrame received;

	private @Nullable ScheduledFuture<?> limit;

	/** Whether this end's Close has been written. */
	private boolean closed;

	/** Whether both directions are done with, or have to be. */
	private boolean over;

	Closing(ChannelEnd end, Inbound inbound) {
		this.end = end;
		this.inbound = inbound;
	}

	/**
	 * The status of the first Close in either direction; empty if the session ends with
	 * none.
	 */
	Mono<CloseStatus> status() {
		return this.status.asMono();
	}

	/** How the session has ended, once the connection has. */
	Ending ending() {
		return Objects.requireNonNullElse(this.ending, Ending.LOST);
	}

	/** Whether no more is read, until this end's Close has been written. */
	boolean isLeaving() {
		return this.leaving != null && !hasBegun();
	}

	/** Whether this end's Close has been written: nothing may follow it. */
	boolean isClosed() {
		return this.closed;
	}

	/** Whether a Close has gone in either direction. */
	boolean hasBegun() {
		return this.closed || this.received != null || this.over;
	}

	/**
	 * The client closes. What it sent before is still answered: the handler sees the end
	 * of the messages, and when it is done in its turn, the Close is answered.
	 * @param close its Close frame, owned from here on
	 */
	void received(CloseWebSocketFrame close) {
		if (this.closed) {
			close.release();
			this.inbound.end(null);
			finish();
			return;
		}
		this.received = close;
		CloseStatus status = statusOf(close);
		ends(new Ending(Ending.By.CLIENT, status.getCode()));
		this.status.tryEmitValue(status);
		limit(this::answer);
		this.inbound.end(null);
	}

	/**
	 * The client ends its direction, which on a stream of HTTP/2 does not end this one.
	 */
	void ended() {
		if (this.received == null) {
			ends(Ending.CUT);
			this.closed = true;
			this.inbound.end(null);
			finish();
		}
	}

	/** The client breaks a rule: the Close says which, and no more is read. */
	void violated(ProtocolViolation violation) {
		begin(new CloseStatus(violation.code(), violation.reason()));
		this.inbound.end(null);
		finish();
	}

	/**
	 * This end closes. What the client still sends is discarded, until its own Close.
	 * @param reason what the Close says
	 */
	void close(CloseStatus reason) {
		if (!hasBegun()) {
			begin(reason);
			this.inbound.discard();
			limit(this.end::closeChannel);
		}
	}

	/**
	 * This end closes, but first deals with what it has read.
	 * @param reason what the Close says
	 */
	void goAway(CloseStatus reason) {
		if (!hasBegun() && this.leaving == null) {
			this.leaving = reason;
			this.limit = this.end.schedule(() -> close(reason), LEAVE_SECONDS);
			this.inbound.complete();
		}
	}

	/** The connection is taken for lost. */
	void giveUp() {
		ends(Ending.LOST);
		this.end.closeChannel();
	}

	/**
	 * The handler is done.
	 * @param failure what it failed with, or null
	 */
	void handled(@Nullable Throwable failure) {
		if (failure != null && !this.over) {
			LOG.error("A handler failed", failure);
		}
		if (this.received != null) {
			answer();
		}
		else if (!hasBegun()) {
			close((failure != null) ? CloseStatus.SERVER_ERROR
					: Objects.requireNonNullElse(this.leaving, CloseStatus.NORMAL));
		}
	}

	/**
	 * The connection has ended.
	 * @param failure what it ended with, or null
	 */
	void gone(@Nullable Throwable failure) {
		ends((failure != null) ? Ending.LOST : Ending.CUT);
		this.over = true;
		this.closed = true;
		cancelLimit();
		if (this.received != null) {
			this.received.release();
			this.received = null;
		}
		this.status.tryEmitEmpty();
	}

	private void begin(CloseStatus reason) {
		if (!this.closed) {
			this.closed = true;
			ends(new Ending(Ending.By.SERVER, reason.getCode()));
			this.status.tryEmitValue(reason);
			this.end.write(new CloseWebSocketFrame(reason.getCode(), reason.getReason()));
		}
	}

	private void ends(Ending how) {
		if (this.ending == null) {
			this.ending = how;
		}
	}

	private void answer() {
		if (this.received != null) {
			CloseWebSocketFrame answer = new CloseWebSocketFrame(true, 0, this.received.content());
			this.received = null;
			this.closed = true;
			this.end.write(answer);
			finish();
		}
	}

	private void finish() {
		if (!this.over) {
			this.over = true;
			limit(this.end::closeChannel);
			this.end.endSenders();
			this.end.whenWritten(this.end::endOutput);
		}
	}

	private void limit(Runnable task) {
		cancelLimit();
		this.limit = this.end.schedule(task, LIMIT_SECONDS);
	}

	private void cancelLimit() {
		if (this.limit != null) {
			this.limit.cancel(false);
		}
	}

	private static CloseStatus statusOf(CloseWebSocketFrame close) {
		return (close.statusCode() == -1) ? CloseStatus.NO_STATUS_CODE
				: CloseStatus.create(close.statusCode(), close.reasonText());
	}

}
