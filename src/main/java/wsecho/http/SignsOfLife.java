package wsecho.http;

import io.netty.channel.Channel;
import wsecho.websocket.Outgoing;
import wsecho.websocket.WriteProgress;

/**
 * When a client gave a sign of life: it sends something of its request, takes what waits
 * to be sent, or its system acknowledges what was sent. Times are those of
 * {@link System#nanoTime}.
 */
final class SignsOfLife {

	private final Channel channel;

	private final WriteProgress progress;

	private long lastSign = System.nanoTime();

	private long lastWritten = this.lastSign;

	SignsOfLife(Channel channel) {
		this.channel = channel;
		this.progress = new WriteProgress(channel);
	}

	/** Something of the request has come. */
	void heard() {
		this.lastSign = System.nanoTime();
	}

	/** Something of the response has reached the channel. */
	void written() {
		this.lastWritten = System.nanoTime();
	}

	/** When the last one was. */
	long last() {
		if (Outgoing.pending(this.channel) > 0) {
			this.lastSign = later(this.lastSign, this.progress.lastTaken());
		}
		else if (this.lastWritten - this.lastSign > 0 && this.progress.isAcknowledged()) {
			this.lastSign = System.nanoTime();
		}
		return this.lastSign;
	}

	private static long later(long one, long other) {
		return (other - one > 0) ? other : one;
	}

}
