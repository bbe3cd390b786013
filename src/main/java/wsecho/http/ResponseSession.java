package wsecho.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.NettyPipeline;
import wsecho.handshake.AdmittedChannel;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.ConnectionWindow;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionScheduler;

/**
 * A session that is the response to one request, on its connection or stream. Everything
 * happens in its event loop.
 */
public final class ResponseSession {

	private static final String HANDLER = "wsecho.response";

	private final Channel channel;

	private final DataBufferFactory buffers;

	private final SessionListener listener;

	private final HeldMemory held;

	private final BodyFlow flow;

	private final ResponseEnd end;

	private final SignsOfLife signs;

	private final LiveResponse live;

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
		this.flow = new BodyFlow(channel, this.held);
		this.end = new ResponseEnd(channel, this::ended);
		this.signs = new SignsOfLife(channel);
		this.live = new LiveResponse(channel.eventLoop(), this.flow, this.signs, this.end);
	}

	/** Begins, unless the connection has ended. */
	void open() {
		AdmittedChannel.mark(this.channel, true);
		this.channel.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, HANDLER,
					new ResponseHandler(this.channel, this.flow, this.signs, this.end));
		if (this.channel instanceof Http2StreamChannel stream) {
			ConnectionWindow.share(stream);
		}
		this.listener.opened(this.live);
		if (!this.channel.isActive()) {
			this.end.ended(SessionEnd.LOST);
		}
	}

	public String id() {
		return this.listener.id();
	}

	public Scheduler scheduler() {
		return SessionScheduler.of(this.channel.eventLoop());
	}

	public DataBufferFactory buffers() {
		return this.buffers;
	}

	public HeldMemory memory() {
		return this.held;
	}

	/** What of both bodies waits, and whether more may be sent. */
	BodyFlow flow() {
		return this.flow;
	}

	/** How the response ends. */
	ResponseEnd end() {
		return this.end;
	}

	public BodyTraffic traffic() {
		return this.flow.traffic();
	}

	/** Completes when the service ends the session. */
	public Mono<Void> leaving() {
		return this.end.leaving();
	}

	/** Why the service ends the session; null if it does not. */
	public @Nullable String farewell() {
		return this.end.farewell();
	}

	/** The body consists of events. */
	public void sends(Comments events) {
		this.live.sends(events);
	}

	private void ended(SessionEnd how) {
		this.flow.end();
		this.listener.ended(how.withoutCode());
		if (this.channel.isActive()) {
			this.channel.pipeline().remove(HANDLER);
			this.flow.release();
			AdmittedChannel.mark(this.channel, false);
		}
	}

}
