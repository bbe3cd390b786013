package wsecho.http;

import java.time.Duration;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.channel.AbortedException;
import wsecho.websocket.Deadline;
import wsecho.websocket.EndAction;
import wsecho.websocket.Handover;
import wsecho.websocket.Outgoing;
import wsecho.websocket.SessionEnd;

/** How a response ends: as its framing says, as its client has asked for, or early. */
final class ResponseEnd {

	/** How long the client's FIN may take after this end's. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Channel channel;

	private final Consumer<SessionEnd> ended;

	private final Deadline deadline;

	private final Sinks.Empty<Void> leaving = Sinks.empty();

	private State state = State.OPEN;

	/** Why the service ends it; null if it does not. */
	private @Nullable CloseStatus reason;

	/** How it ends, once this end has decided that. */
	private @Nullable SessionEnd decided;

	private enum State {

		/** The body is sent. */
		OPEN,
		/** The service ends it. */
		LEAVING,
		/** Nothing more is sent, until a limit of time. */
		SILENT,
		/** The connection is being ended. */
		ENDING,
		/** The response, or its connection, has ended. */
		ENDED

	}

	/**
	 * That of one response.
	 * @param channel the connection or stream
	 * @param ended is told once how it has ended
	 */
	ResponseEnd(Channel channel, Consumer<SessionEnd> ended) {
		this.channel = channel;
		this.ended = ended;
		this.deadline = new Deadline(channel.eventLoop());
	}

	boolean isOpen() {
		return this.state == State.OPEN;
	}

	boolean hasEnded() {
		return this.state == State.ENDED;
	}

	/** Completes when the service ends it. */
	Mono<Void> leaving() {
		return this.leaving.asMono();
	}

	/** Why the service ends it; null if it does not. */
	@Nullable String farewell() {
		return (this.reason != null) ? this.reason.getReason() : null;
	}

	/** The service ends it: what is left of the body has so long. */
	void leave(CloseStatus reason, Duration patience) {
		if (this.state == State.OPEN) {
			this.state = State.LEAVING;
			this.reason = reason;
			this.deadline.in(patience, this::overdue);
			this.leaving.tryEmitEmpty();
		}
	}

	/** Gives up the connection, or its stream. */
	void giveUp(SessionEnd how) {
		if (this.state != State.ENDED) {
			decide(how);
			this.channel.close();
		}
	}

	/**
	 * All of the body has gone to the network.
	 * @param action how it is to end, unless the service ends it
	 * @return completes if that is as its framing says
	 */
	Mono<Void> bodySent(EndAction action) {
		// the body also completes when the connection ends, which is told next
		if (!this.channel.isActive()) {
			return Mono.empty();
		}
		return switch ((this.state == State.LEAVING) ? EndAction.Kind.CLOSE : action.kind()) {
			case CLOSE -> framed();
			// there END_STREAM is what the framing says
			case EOF -> (this.channel instanceof Http2StreamChannel) ? framed() : cut();
			case ABORT -> reset();
			case SILENCE -> silent(action.silence());
			case STALL -> {
				this.channel.config().setAutoRead(false);
				yield silent(action.silence());
			}
		};
	}

	/**
	 * The response or its connection has ended. May be told twice.
	 * @param how as it looks, if nothing else has said how
	 */
	void ended(SessionEnd how) {
		if (this.state != State.ENDED) {
			this.state = State.ENDED;
			this.deadline.cancel();
			this.ended.accept((this.decided != null) ? this.decided : how);
		}
	}

	/**
	 * The response has failed: the client is gone, or it is the fault of the service.
	 * @return completes in the first case
	 */
	Mono<Void> failed(Throwable failure) {
		boolean gone = this.state == State.ENDED || !this.channel.isActive()
				|| AbortedException.isConnectionReset(failure);
		ended(gone ? SessionEnd.LOST : SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.RST));
		return gone ? Mono.empty() : Mono.error(failure);
	}

	/** The server is no longer interested in the response. */
	void cancelled() {
		Handover.to(this.channel.eventLoop(), () -> ended(SessionEnd.LOST));
	}

	private Mono<Void> framed() {
		ended(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.BODY));
		return Mono.empty();
	}

	private Mono<Void> cut() {
		decide(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.FIN));
		Outgoing.end(this.channel);
		this.deadline.in(LIMIT, this::overdue);
		return Mono.never();
	}

	private Mono<Void> reset() {
		decide(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.RST));
		Outgoing.reset(this.channel);
		return Mono.never();
	}

	private Mono<Void> silent(Duration limit) {
		this.state = State.SILENT;
		this.deadline.in(limit, this::overdue);
		return Mono.never();
	}

	private void overdue() {
		giveUp(SessionEnd.OVERDUE);
	}

	private void decide(SessionEnd how) {
		this.state = State.ENDING;
		if (this.decided == null) {
			this.decided = how;
		}
	}

}
