package wsecho.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;
import wsecho.websocket.Handover;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.Traffic;

/** A response as keep-alive, age, drain and memory see it. */
final class LiveResponse implements OpenSession {

	private final EventLoop loop;

	private final BodyFlow flow;

	private final SignsOfLife signs;

	private final ResponseEnd end;

	/** Null if the body has no place for a comment. */
	private @Nullable Comments events;

	LiveResponse(EventLoop loop, BodyFlow flow, SignsOfLife signs, ResponseEnd end) {
		this.loop = loop;
		this.flow = flow;
		this.signs = signs;
		this.end = end;
	}

	/** The body consists of events, between which a comment may be sent. */
	void sends(Comments events) {
		this.events = events;
	}

	@Override
	public Traffic traffic() {
		return this.flow.traffic();
	}

	@Override
	public long held() {
		return this.flow.held();
	}

	@Override
	public boolean isClientAwaited() {
		return this.end.isOpen();
	}

	@Override
	public long lastHeard() {
		return this.signs.last();
	}

	/**
	 * A comment, where there may be one: where something is on its way, it serves too.
	 */
	@Override
	public void ping(Runnable written) {
		DataBuffer comment = (this.events != null && this.end.isOpen()) ? this.events.comment("ping") : null;
		if (comment != null) {
			this.flow.trySend(comment);
		}
		written.run();
	}

	@Override
	public Disposable schedule(Runnable task, Duration delay) {
		ScheduledFuture<?> scheduled = this.loop.schedule(() -> runUnlessEnded(task), delay.toNanos(),
				TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public void goAway(CloseStatus reason, Duration patience) {
		Handover.to(this.loop, () -> this.end.leave(reason, patience));
	}

	@Override
	public void giveUp(SessionEnd how) {
		Handover.to(this.loop, () -> this.end.giveUp(how));
	}

	private void runUnlessEnded(Runnable task) {
		if (!this.end.hasEnded()) {
			task.run();
		}
	}

}
