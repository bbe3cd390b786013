package wsecho.websocket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;

/** A session as those see it who look after it: whether its client lives, and its end. */
final class LiveSession implements OpenSession {

	private final Channel channel;

	private final ChannelOutput output;

	private final FrameSource source;

	private final ClosingHandshake closing;

	private final FrameTraffic traffic;

	private final HeldMemory held;

	private final WriteProgress progress;

	private long lastRead = System.nanoTime();

	/** When the unanswered ping was sent, or 0. */
	private long pinged;

	/** The payload of that ping. */
	private long payload;

	LiveSession(Channel channel, ChannelOutput output, FrameSource source, ClosingHandshake closing,
			FrameTraffic traffic, HeldMemory held) {
		this.channel = channel;
		this.output = output;
		this.source = source;
		this.closing = closing;
		this.traffic = traffic;
		this.held = held;
		this.progress = new WriteProgress(channel);
	}

	/** Something has come from the client. */
	void heard() {
		this.lastRead = System.nanoTime();
		this.traffic.heard();
	}

	/**
	 * A pong has come.
	 * @param pong the frame
	 * @return how long the client has taken to answer the ping of {@link #ping}, in
	 * nanoseconds; negative if the pong is no answer to it
	 */
	long ponged(PongWebSocketFrame pong) {
		this.traffic.ponged();
		ByteBuf payload = pong.content();
		if (this.pinged == 0 || payload.readableBytes() != Long.BYTES
				|| payload.getLong(payload.readerIndex()) != this.payload) {
			return -1;
		}
		long taken = System.nanoTime() - this.pinged;
		this.pinged = 0;
		this.traffic.answered(taken);
		return taken;
	}

	@Override
	public Traffic traffic() {
		return this.traffic;
	}

	@Override
	public long held() {
		return this.held.bytes();
	}

	@Override
	public boolean isClientAwaited() {
		return this.closing.state() == CloseState.OPEN && (!this.output.isWritable() || !this.source.isHeldOff());
	}

	@Override
	public long lastHeard() {
		long taken = this.output.isPending() ? this.progress.lastTaken() : this.lastRead;
		return (taken - this.lastRead > 0) ? taken : this.lastRead;
	}

	@Override
	public void ping(Runnable written) {
		if (this.closing.state() == CloseState.OPEN) {
			this.pinged = System.nanoTime();
			// not the time, which tells how long the host has been up
			this.payload = ThreadLocalRandom.current().nextLong();
			this.output.write(new PingWebSocketFrame(this.channel.alloc().buffer(Long.BYTES).writeLong(this.payload)));
			this.traffic.pinged();
			this.output.whenWritten(written);
		}
	}

	@Override
	public Disposable schedule(Runnable task, Duration delay) {
		ScheduledFuture<?> scheduled = this.channel.eventLoop()
			.schedule(() -> runUnlessEnded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public void goAway(CloseStatus reason, Duration patience) {
		Handover.to(this.channel.eventLoop(), () -> this.closing.goAway(reason, patience));
	}

	@Override
	public void giveUp(SessionEnd end) {
		Handover.to(this.channel.eventLoop(), () -> this.closing.giveUp(end));
	}

	private void runUnlessEnded(Runnable task) {
		if (this.closing.state() != CloseState.ENDED) {
			task.run();
		}
	}

}
