package wsecho.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.AbortedException;
import wsecho.handshake.AdmittedChannel;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.ConnectionWindow;
import wsecho.websocket.EndAction;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.OpenSession;
import wsecho.websocket.Outgoing;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionScheduler;
import wsecho.websocket.WriteProgress;

/**
 * A session that is the response to one request, on its connection or stream. Everything
 * happens in its event loop.
 */
final class ResponseSession implements OpenSession {

	private static final String NAME = "wsecho.response";

	/** How long the client's FIN may take after this end's. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	/** In ms: how soon it is looked again whether memory is tight. */
	private static final long RETRY = 20;

	/** In bytes: another request that waits on the connection. */
	private static final long REQUEST = 24 * 1024;

	private final Channel channel;

	private final DataBufferFactory buffers;

	private final SessionListener listener;

	private final HeldMemory held;

	private final BodyTraffic traffic = new BodyTraffic();

	private final WriteProgress progress;

	private final Sinks.Empty<Void> leaving = Sinks.empty();

	private State state = State.OPEN;

	/** What the client is told when the service ends the session; null before. */
	private @Nullable CloseStatus reason;

	private @Nullable PacedBody body;

	private @Nullable SessionEnd end;

	private @Nullable ScheduledFuture<?> deadline;

	/** What has come and not been dealt with, in bytes. */
	private long unread;

	/** What has been handed on and not been written yet, in bytes. */
	private long unwritten;

	private boolean retrying;

	private boolean paused;

	/** Whether a piece is sent that does not end where something else may follow. */
	private boolean inside;

	private long lastHeard = System.nanoTime();

	private long lastWritten = this.lastHeard;

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
	 * One that has been admitted.
	 * @param channel the connection or stream
	 * @param buffers for what is sent
	 * @param listener is told of it
	 * @param memory of which it draws what it holds
	 */
	ResponseSession(Channel channel, DataBufferFactory buffers, SessionListener listener, MemoryBudget memory) {
		this.channel = channel;
		this.buffers = buffers;
		this.listener = listener;
		this.held = new HeldMemory(memory);
		this.progress = new WriteProgress(channel);
	}

	/** Begins, unless the connection has ended. */
	void open() {
		AdmittedChannel.mark(this.channel, true);
		this.channel.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, NAME, new ResponseHandler(this));
		if (this.channel instanceof Http2StreamChannel stream) {
			ConnectionWindow.share(stream);
		}
		this.listener.opened(this);
		if (!this.channel.isActive()) {
			ended(SessionEnd.LOST);
		}
	}

	String id() {
		return this.listener.id();
	}

	Channel channel() {
		return this.channel;
	}

	Scheduler scheduler() {
		return SessionScheduler.of(loop());
	}

	DataBufferFactory buffers() {
		return this.buffers;
	}

	HeldMemory memory() {
		return this.held;
	}

	@Override
	public BodyTraffic traffic() {
		return this.traffic;
	}

	/** Completes when the service ends the session. */
	Mono<Void> leaving() {
		return this.leaving.asMono();
	}

	/** Why the service ends the session; null if it does not. */
	@Nullable String farewell() {
		return (this.reason != null) ? this.reason.getReason() : null;
	}

	/**
	 * Ends the response, all of whose body has gone to the network.
	 * @param action how
	 * @return completes if the response is to be ended as its framing says
	 */
	Mono<Void> end(EndAction action) {
		// the body also completes when the connection ends, which is told next
		if (!this.channel.isActive()) {
			return Mono.empty();
		}
		boolean stream = this.channel instanceof Http2StreamChannel;
		switch ((this.state == State.LEAVING) ? EndAction.Kind.CLOSE : action.kind()) {
			case CLOSE -> {
				return body();
			}
			case EOF -> {
				// there END_STREAM is what the framing says
				if (stream) {
					return body();
				}
				ending(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.FIN));
				Outgoing.end(this.channel);
				endLater(LIMIT);
			}
			case ABORT -> {
				ending(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.RST));
				Outgoing.reset(this.channel);
			}
			case SILENCE -> silent(action.silence());
			case STALL -> {
				this.channel.config().setAutoRead(false);
				silent(action.silence());
			}
		}
		return Mono.never();
	}

	/**
	 * The response or its connection has ended. May be told twice.
	 * @param how as it looks, if nothing else has said how
	 */
	void ended(SessionEnd how) {
		if (this.state == State.ENDED) {
			return;
		}
		this.state = State.ENDED;
		cancelDeadline();
		// WebFlux does not, if the connection ends before it sends the first piece
		if (this.body != null) {
			this.body.cancel();
		}
		this.held.end();
		this.listener.ended(((this.end != null) ? this.end : how).withoutCode());
		if (this.channel.isActive()) {
			this.channel.pipeline().remove(NAME);
			if (this.paused) {
				this.channel.config().setAutoRead(true);
			}
			AdmittedChannel.mark(this.channel, false);
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
		inLoop(() -> ended(SessionEnd.LOST));
	}

	/** The body that it sends. */
	void sends(PacedBody body) {
		this.body = body;
	}

	/** Says whether a comment would be part of what is being sent. */
	void inside(boolean inside) {
		this.inside = inside;
	}

	boolean isInside() {
		return this.inside;
	}

	/** Whether more may be sent. */
	boolean isWritable() {
		if (this.unwritten > 0 || !this.channel.isWritable()) {
			return false;
		}
		if (this.held.isTight() && Outgoing.pending(this.channel) > 0) {
			retryLater();
			return false;
		}
		return true;
	}

	/** So many bytes are on their way to the channel. */
	void sending(int bytes) {
		this.unwritten += bytes;
		this.traffic.sent(bytes);
	}

	/** All of a body that is one message is on its way. */
	void sendingWhole(DataBuffer all) {
		this.traffic.sent(all.readableByteCount());
		this.traffic.messageSent();
	}

	/** So many bytes have reached the channel, of the body or of what frames it. */
	void written(int bytes) {
		this.unwritten = Math.max(0, this.unwritten - bytes);
		this.lastWritten = System.nanoTime();
		account();
		resume();
	}

	/** So many bytes of the request's body have come. */
	void received(int bytes) {
		this.lastHeard = System.nanoTime();
		if (bytes > 0) {
			this.traffic.received(bytes);
			this.unread += bytes;
			account();
		}
	}

	/** So many bytes of the request's body have been dealt with. */
	void dealtWith(int bytes) {
		this.unread -= bytes;
		account();
	}

	/** Another request has come, before this one is answered. */
	void anotherRequest() {
		this.paused = true;
		this.channel.config().setAutoRead(false);
		this.unread += REQUEST;
		account();
	}

	/** The channel may have become writable. */
	void resume() {
		account();
		if (this.body != null) {
			this.body.resume();
		}
	}

	@Override
	public long held() {
		return this.held.bytes();
	}

	@Override
	public boolean isClientAwaited() {
		return this.state == State.OPEN;
	}

	@Override
	public long lastHeard() {
		if (Outgoing.pending(this.channel) > 0) {
			this.lastHeard = later(this.lastHeard, this.progress.lastTaken());
		}
		else if (this.lastWritten - this.lastHeard > 0 && this.progress.isAcknowledged()) {
			this.lastHeard = System.nanoTime();
		}
		return this.lastHeard;
	}

	/**
	 * A comment, where there may be one: where something is on its way, it serves too.
	 */
	@Override
	public void ping(Runnable written) {
		if (this.body != null && !this.inside && this.state == State.OPEN) {
			DataBuffer comment = EventWriter.comment("ping");
			if (this.body.trySend(comment)) {
				this.lastWritten = System.nanoTime();
			}
		}
		written.run();
	}

	@Override
	public Disposable schedule(Runnable task, Duration delay) {
		ScheduledFuture<?> scheduled = loop().schedule(() -> {
			if (this.state != State.ENDED) {
				task.run();
			}
		}, delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public void goAway(CloseStatus reason, Duration patience) {
		inLoop(() -> {
			if (this.state == State.OPEN) {
				this.state = State.LEAVING;
				this.reason = reason;
				endLater(patience);
				this.leaving.tryEmitEmpty();
			}
		});
	}

	@Override
	public void giveUp(SessionEnd end) {
		inLoop(() -> {
			if (this.state != State.ENDED) {
				ending(end);
				this.channel.close();
			}
		});
	}

	private Mono<Void> body() {
		ended(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.BODY));
		return Mono.empty();
	}

	private void ending(SessionEnd end) {
		this.state = State.ENDING;
		if (this.end == null) {
			this.end = end;
		}
	}

	private void silent(Duration limit) {
		this.state = State.SILENT;
		endLater(limit);
	}

	private void endLater(Duration time) {
		cancelDeadline();
		this.deadline = loop().schedule(() -> giveUp(SessionEnd.OVERDUE), time.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void cancelDeadline() {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
	}

	private void retryLater() {
		if (!this.retrying) {
			this.retrying = true;
			loop().schedule(() -> {
				this.retrying = false;
				resume();
			}, RETRY, TimeUnit.MILLISECONDS);
		}
	}

	private void account() {
		if (this.state != State.ENDED) {
			this.held.inChannel(Outgoing.pending(this.channel) + this.unwritten + this.unread + window());
		}
	}

	// what comes without being read, over HTTP/2
	private int window() {
		return (this.channel instanceof Http2StreamChannel stream && !stream.config().isAutoRead())
				? ConnectionWindow.ofStream(stream) : 0;
	}

	private EventLoop loop() {
		return this.channel.eventLoop();
	}

	private void inLoop(Runnable task) {
		if (loop().inEventLoop()) {
			task.run();
		}
		else {
			loop().execute(task);
		}
	}

	private static long later(long one, long other) {
		return (other - one > 0) ? other : one;
	}

}
