package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * Runs a task after the other channels of its event loop had their turn; once, however
 * often that is asked for meanwhile. A task that is only put behind those that wait can
 * keep Netty from the channels for a second.
 */
final class NextTurn implements Runnable {

	private final EventLoop loop;

	private final Runnable task;

	private boolean awaited;

	NextTurn(EventLoop loop, Runnable task) {
		this.loop = loop;
		this.task = task;
	}

	void await() {
		if (!this.awaited) {
			this.awaited = true;
			this.loop.schedule(this, 1, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void run() {
		this.awaited = false;
		this.task.run();
	}

}
