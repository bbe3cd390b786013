package wsecho.websocket;

import io.netty.channel.EventLoop;

/** Hands what happens in any thread over to a session's event loop. */
public final class Handover {

	private Handover() {
	}

	/** Runs a task in an event loop: now, if this is its thread. */
	public static void to(EventLoop loop, Runnable task) {
		if (loop.inEventLoop()) {
			task.run();
		}
		else {
			loop.execute(task);
		}
	}

}
