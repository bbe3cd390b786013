package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The event loop of a session, for what its pipeline delays, times or repeats: where all
 * signals come in one thread, none can overtake another.
 */
public final class SessionScheduler implements Scheduler {

	private final Scheduler loop;

	private SessionScheduler(Scheduler loop) {
		this.loop = loop;
	}

	/**
	 * The scheduler of a session.
	 * @param session any session; one that is not ours has Reactor's parallel scheduler
	 */
	public static Scheduler of(WebSocketSession session) {
		return new SessionScheduler(
				(session instanceof ChannelSession ours) ? ours.scheduler() : Schedulers.parallel());
	}

	/** The scheduler of a session that is no WebSocket. */
	public static Scheduler of(EventLoop loop) {
		return new SessionScheduler(Schedulers.fromExecutorService(loop));
	}

	/**
	 * The time by {@link System#nanoTime}, to be compared with another of this scheduler:
	 * other schedulers tell the wall clock, which may step.
	 */
	@Override
	public long now(TimeUnit unit) {
		return unit.convert(System.nanoTime(), TimeUnit.NANOSECONDS);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.loop.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return this.loop.schedule(task, delay, unit);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return this.loop.schedulePeriodically(task, initialDelay, period, unit);
	}

	@Override
	public Worker createWorker() {
		return this.loop.createWorker();
	}

}
