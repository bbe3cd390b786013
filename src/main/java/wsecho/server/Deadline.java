package wsecho.server;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import wsecho.handshake.AdmittedChannel;

/**
 * Closes a connection, or a stream of one, that has spent too long on a request or on its
 * answer, however it spends the time. Sessions have limits of their own. Belongs to the
 * event loop of the channel.
 */
final class Deadline implements Runnable {

	private final Channel channel;

	private final long limit;

	private long start;

	private boolean suspended;

	private @Nullable ScheduledFuture<?> timer;

	/**
	 * Begins to run.
	 * @param channel the connection or stream
	 * @param limit in nanoseconds
	 */
	Deadline(Channel channel, long limit) {
		this.channel = channel;
		this.limit = limit;
		channel.closeFuture().addListener((closed) -> cancel());
		AdmittedChannel.watch(channel, this::admitted);
		restart();
	}

	/** From now on there is the whole limit again. */
	void restart() {
		this.start = System.nanoTime();
		this.suspended = false;
		if (this.timer == null) {
			schedule(this.limit);
		}
	}

	/** From now on there is no limit, until it is restarted. */
	void suspend() {
		this.suspended = true;
	}

	// most requests take no time: a timer that looks again is cheaper than a new one each
	@Override
	public void run() {
		this.timer = null;
		if (this.suspended) {
			return;
		}
		long left = this.start + this.limit - System.nanoTime();
		if (left <= 0) {
			end();
		}
		else {
			schedule(left);
		}
	}

	private void admitted(boolean admitted) {
		if (admitted) {
			suspend();
			cancel();
		}
		else {
			restart();
		}
	}

	private void end() {
		// closing alone leaves a stream to its window once its request is complete
		if (this.channel instanceof Http2StreamChannel) {
			this.channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
		}
		this.channel.close();
	}

	private void schedule(long nanos) {
		if (this.channel.isOpen() && !this.channel.eventLoop().isShuttingDown()) {
			this.timer = this.channel.eventLoop().schedule(this, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void cancel() {
		ScheduledFuture<?> current = this.timer;
		if (current != null) {
			current.cancel(false);
			this.timer = null;
		}
	}

}
