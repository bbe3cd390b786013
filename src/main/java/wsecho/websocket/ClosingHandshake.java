package wsecho.websocket;

import java.time.Duration;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.websocket.CloseState.Event;
import wsecho.websocket.SessionEnd.By;
import wsecho.websocket.SessionEnd.How;
import wsecho.websocket.SessionOptions.Withheld;
import wsecho.websocket.codec.ProtocolViolation;

/**
 * The closing handshake (RFC 6455, 7.1), whoever begins it: one Close frame in each
 * direction at most, then this end's FIN, then the client's. {@link CloseState} says what
 * follows what; each state but the first has a limit of time.
 */
final class ClosingHandshake {

	private static final Logger LOG = LoggerFactory.getLogger(ClosingHandshake.class);

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final EventLoop loop;

	private final ChannelOutput output;

	private final FrameSource source;

	private final FrameSinks sinks;

	private final SessionOptions options;

	private final CloseOutcome outcome = new CloseOutcome();

	private final CloseFrames frames;

	private final Deadline deadline;

	private CloseState state = CloseState.OPEN;

	/** Of {@link CloseState#LEAVING}: what the Close will say. */
	private CloseStatus leaving = CloseStatus.GOING_AWAY;

	private boolean inputEnded;

	ClosingHandshake(EventLoop loop, ChannelOutput output, FrameSource source, FrameSinks sinks,
			SessionOptions options) {
		this.loop = loop;
		this.output = output;
		this.source = source;
		this.sinks = sinks;
		this.options = options;
		this.frames = new CloseFrames(output, this.outcome);
		this.deadline = new Deadline(loop);
	}

	CloseState state() {
		return this.state;
	}

	CloseOutcome outcome() {
		return this.outcome;
	}

	/**
	 * The client closes. What it sent before is still answered: the handler sees the end
	 * of the messages, and when it is done in its turn, the Close is answered.
	 * @param close its Close frame, owned from here on
	 */
	void received(CloseWebSocketFrame close) {
		this.frames.received(close, this.state.isSending());
		on(Event.CLOSE_FRAME);
	}

	/** The client ends its direction, which does not end this one. */
	void inputEnded() {
		this.inputEnded = true;
		this.outcome.ended(SessionEnd.CUT);
		if (this.state == CloseState.OUTPUT_ENDED) {
			this.output.whenWritten(this.output::closeEnded);
		}
		on(Event.INPUT_ENDED);
	}

	/** The client breaks a rule: the Close says which, and no more is read. */
	void violated(ProtocolViolation violation) {
		close(Event.VIOLATION, new CloseStatus(violation.code(), violation.reason()));
	}

	/**
	 * This end closes. What the client still sends is discarded, until its own Close.
	 * @param status what the Close says
	 */
	void close(CloseStatus status) {
		close(Event.CLOSE, status);
	}

	/**
	 * This end closes, but first sends the replies that it owes. Where they are awaited
	 * already, they may take no longer than that.
	 * @param reason what the Close says
	 * @param patience how long that may take
	 */
	void goAway(CloseStatus reason, Duration patience) {
		if (this.state.isSilent()) {
			giveUp(SessionEnd.OVERDUE);
		}
		else if (this.state == CloseState.OPEN) {
			this.leaving = reason;
			this.deadline.in(patience, () -> handled(null));
			on(Event.GO_AWAY);
		}
		else if (this.state.isSending()) {
			this.deadline.noLaterThan(patience, () -> handled(null));
		}
	}

	/** The connection is not waited for any longer. */
	void giveUp(SessionEnd how) {
		this.outcome.ended(how);
		this.output.close();
	}

	/**
	 * The handler is done, so that no reply is owed any more.
	 * @param failure what it failed with, or null
	 */
	void handled(@Nullable Throwable failure) {
		if (failure != null && this.state != CloseState.OUTPUT_ENDED && this.state != CloseState.ENDED) {
			LOG.error("A handler failed", failure);
		}
		switch (this.state) {
			case OPEN -> end((failure != null) ? EndAction.INTERNAL_ERROR : this.options.end());
			case LEAVING -> close((failure != null) ? CloseStatus.SERVER_ERROR : this.leaving);
			case CLOSE_RECEIVED -> answer();
			case HALF_CLOSED -> endWithoutClose(Event.EOF, How.FIN);
			default -> {
			}
		}
	}

	/**
	 * The connection, or its stream, has ended.
	 * @param how as it looks, if nothing else has said how
	 */
	void channelClosed(SessionEnd how) {
		this.outcome.ended(how);
		this.outcome.complete();
		this.deadline.cancel();
		this.frames.release();
		on(Event.CHANNEL_CLOSED);
	}

	private void end(EndAction action) {
		switch (action.kind()) {
			case CLOSE -> close(action.status());
			case EOF -> endWithoutClose(Event.EOF, How.FIN);
			case ABORT -> endWithoutClose(Event.ABORT, How.RST);
			case SILENCE -> on(Event.SILENCE);
			case STALL -> on(Event.STALL);
		}
	}

	private void endWithoutClose(Event event, How how) {
		this.outcome.ended(SessionEnd.without(By.SERVER, how));
		on(event);
	}

	private void answer() {
		if (isWithheld()) {
			on(Event.SILENCE);
		}
		else {
			this.frames.answer();
			on(Event.ANSWER);
		}
	}

	private void close(Event event, CloseStatus status) {
		if (isWithheld()) {
			endWithoutClose(Event.EOF, How.FIN);
			return;
		}
		if (this.state.isSending() && this.state.after(event) != this.state) {
			this.frames.send(status);
		}
		on(event);
	}

	private void on(Event event) {
		assert this.loop.inEventLoop();
		CloseState next = this.state.after(event);
		if (next != this.state) {
			this.state = next;
			if (!next.isSending()) {
				this.sinks.end();
			}
			enter(next);
		}
	}

	private void enter(CloseState entered) {
		switch (entered) {
			case LEAVING -> this.source.complete();
			case CLOSE_RECEIVED, HALF_CLOSED -> {
				this.deadline.noLaterThan(LIMIT.plus(this.options.hold()), () -> handled(null));
				this.source.complete();
			}
			case CLOSE_SENT -> {
				this.deadline.in(LIMIT, this.output::close);
				this.source.discard();
			}
			case SILENT, STALLED -> {
				this.deadline.in(this.options.end().silence(), () -> giveUp(SessionEnd.OVERDUE));
				this.source.discard();
			}
			case OUTPUT_ENDED -> {
				this.deadline.in(LIMIT, this.output::close);
				this.source.end(null);
				this.output.whenWritten(this::endOutput);
			}
			case RESETTING -> {
				this.deadline.in(LIMIT, this.output::reset);
				this.source.end(null);
				this.output.whenWritten(this.output::reset);
			}
			default -> {
			}
		}
	}

	private void endOutput() {
		if (this.inputEnded) {
			this.output.endLast();
		}
		else {
			this.output.end();
		}
	}

	private boolean isWithheld() {
		return this.options.withholds(Withheld.CLOSE);
	}

}
