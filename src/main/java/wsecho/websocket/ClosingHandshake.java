package wsecho.websocket;

import java.time.Duration;
import java.util.Objects;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import wsecho.websocket.codec.ProtocolViolation;

/**
 * The closing handshake (RFC 6455, 7.1), whoever begins it: one Close frame in each
 * direction at most, then this end's FIN, then the client's. Each wait has a limit.
 */
final class ClosingHandshake {

	private static final Logger LOG = LoggerFactory.getLogger(ClosingHandshake.class);

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final Duration LEAVING = Duration.ofSeconds(1);

	private final ChannelEnd end;

	private final FrameSource inbound;

	private final SessionOptions terms;

	private final Sinks.One<CloseStatus> status = Sinks.unsafe().one();

	/** How the session ends, as soon as that is certain. */
	private @Nullable SessionEnd ending;

	/** What the Close says that comes when all that was read has been dealt with. */
	private @Nullable CloseStatus leaving;

	/** The client's Close, until it is answered. */
	private @Nullable CloseWebSocketFrame received;

	private @Nullable ScheduledFuture<?> limit;

	/** Whether this end's Close has been written. */
	private boolean closed;

	/** Whether both directions are done with, or have to be. */
	private boolean over;

	/** Whether the connection is left open though nothing more is sent. */
	private boolean mute;

	/** Whether nothing more is read either. */
	private boolean stalled;

	ClosingHandshake(ChannelEnd end, FrameSource inbound, SessionOptions terms) {
		this.end = end;
		this.inbound = inbound;
		this.terms = terms;
	}

	/**
	 * The status of the first Close in either direction; empty if the session ends with
	 * none.
	 */
	Mono<CloseStatus> status() {
		return this.status.asMono();
	}

	/** How the session has ended, once the connection has. */
	SessionEnd ending() {
		return Objects.requireNonNullElse(this.ending, SessionEnd.LOST);
	}

	/** Whether no more is read: for good, or until this end's Close has been written. */
	boolean holdsReads() {
		return this.stalled || (this.leaving != null && !hasBegun());
	}

	/** Whether nothing more is sent, while the connection is left open. */
	boolean isMute() {
		return this.mute;
	}

	/** Whether this end's Close has been written, or none will be: nothing may follow. */
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
		CloseStatus status = statusOf(close);
		ends(closedBy(SessionEnd.By.CLIENT, status));
		this.status.tryEmitValue(status);
		if (this.closed) {
			close.release();
			this.inbound.end(null);
			finish();
			return;
		}
		this.received = close;
		limit(this::answer, LIMIT.plus(this.terms.hold()));
		this.inbound.end(null);
	}

	/**
	 * The client ends its direction, which on a stream of HTTP/2 does not end this one.
	 */
	void ended() {
		if (this.received == null) {
			ends(SessionEnd.CUT);
			this.closed = true;
			this.mute = false;
			this.inbound.end(null);
			finish();
		}
	}

	/** The client breaks a rule: the Close says which, and no more is read. */
	void violated(ProtocolViolation violation) {
		if (isWithheld()) {
			cut();
			return;
		}
		begin(new CloseStatus(violation.code(), violation.reason()));
		this.inbound.end(null);
		finish();
	}

	/**
	 * This end closes. What the client still sends is discarded, until its own Close.
	 * @param reason what the Close says
	 */
	void close(CloseStatus reason) {
		if (hasBegun()) {
			return;
		}
		if (isWithheld()) {
			cut();
			return;
		}
		begin(reason);
		this.inbound.discard();
		limit(this.end::closeChannel, LIMIT);
	}

	/**
	 * This end closes, but first deals with what it has read.
	 * @param reason what the Close says
	 */
	void goAway(CloseStatus reason) {
		if (this.mute) {
			giveUp(SessionEnd.OVERDUE);
		}
		else if (!hasBegun() && this.leaving == null) {
			this.leaving = reason;
			limit(() -> close(reason), LEAVING);
			this.inbound.complete();
		}
	}

	/** The connection is not waited for any longer. */
	void giveUp(SessionEnd how) {
		ends(how);
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
		else if (failure != null) {
			close(CloseStatus.SERVER_ERROR);
		}
		else if (this.leaving != null) {
			close(this.leaving);
		}
		else if (!hasBegun()) {
			end(this.terms.end());
		}
	}

	private void end(EndAction finale) {
		switch (finale.kind()) {
			case CLOSE -> close(finale.status());
			case EOF -> cut();
			case ABORT -> abort();
			case SILENCE -> fallSilent();
			case STALL -> {
				this.stalled = true;
				fallSilent();
			}
		}
	}

	// this direction ends without a Close frame
	private void cut() {
		ends(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.FIN));
		this.closed = true;
		this.inbound.end(null);
		finish();
	}

	private void abort() {
		ends(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.RST));
		this.closed = true;
		this.inbound.end(null);
		this.end.senders().end();
		limit(this.end::abort, LIMIT);
		this.end.whenWritten(this.end::abort);
	}

	private void fallSilent() {
		this.closed = true;
		this.mute = true;
		this.inbound.discard();
		this.end.senders().end();
		limit(() -> giveUp(SessionEnd.OVERDUE), this.terms.end().silence());
	}

	/**
	 * The connection has ended.
	 * @param how as it looks, if nothing else has said how
	 */
	void gone(SessionEnd how) {
		ends(how);
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
			ends(closedBy(SessionEnd.By.SERVER, reason));
			this.status.tryEmitValue(reason);
			this.end.write(new CloseWebSocketFrame(reason.getCode(), reason.getReason()));
		}
	}

	private void ends(SessionEnd how) {
		if (this.ending == null) {
			this.ending = how;
		}
	}

	private void answer() {
		if (this.received == null) {
			return;
		}
		CloseWebSocketFrame answer = new CloseWebSocketFrame(true, 0, this.received.content());
		this.received = null;
		if (isWithheld()) {
			answer.release();
			fallSilent();
			return;
		}
		this.closed = true;
		this.end.write(answer);
		finish();
	}

	private boolean isWithheld() {
		return this.terms.withheld().contains(SessionOptions.Withheld.CLOSE);
	}

	private void finish() {
		if (!this.over && !this.mute) {
			this.over = true;
			limit(this.end::closeChannel, LIMIT);
			this.end.senders().end();
			this.end.whenWritten(this.end::endOutput);
		}
	}

	private void limit(Runnable task, Duration time) {
		cancelLimit();
		this.limit = this.end.limit(task, time);
	}

	private void cancelLimit() {
		if (this.limit != null) {
			this.limit.cancel(false);
		}
	}

	private static SessionEnd closedBy(SessionEnd.By by, CloseStatus status) {
		return new SessionEnd(by, SessionEnd.How.CLOSE, status.getCode(),
				Objects.requireNonNullElse(status.getReason(), ""));
	}

	private static CloseStatus statusOf(CloseWebSocketFrame close) {
		return (close.statusCode() == -1) ? CloseStatus.NO_STATUS_CODE
				: CloseStatus.create(close.statusCode(), close.reasonText());
	}

}
