package wsecho.websocket;

import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The thread of a session, for what happens in it by the clock: where all signals come in
 * one thread, none can overtake another.
 */
public final class SessionScheduler {

	private SessionScheduler() {
	}

	/**
	 * The scheduler to delay, time or repeat in a session's pipeline.
	 * @param session any session
	 * @return its own event loop; for a session that is not ours Reactor's usual one
	 */
	public static Scheduler of(WebSocketSession session) {
		return (session instanceof ChannelSession ours) ? ours.scheduler() : Schedulers.parallel();
	}

}
