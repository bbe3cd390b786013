package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.handler.codec.http2.Http2StreamChannel;

/**
 * When the network last took something of what waits to be sent. The channel itself sees
 * that only when the kernel has room again, for which a third of its buffer has to be
 * taken: with a client that reads slowly that takes minutes.
 */
public final class WriteProgress {

	private final Channel channel;

	private long lastTaken = System.nanoTime();

	/** Where the kernel does not say: how much waited when this was looked at last. */
	private long waiting;

	/** Of a connection, or of a stream. */
	public WriteProgress(Channel channel) {
		this.channel = channel;
	}

	/**
	 * When it last took something, as far as can be seen.
	 * @return by {@link System#nanoTime}
	 */
	public long lastTaken() {
		if (this.channel instanceof EpollSocketChannel tcp) {
			askKernel(tcp);
		}
		else {
			compare();
		}
		return this.lastTaken;
	}

	/**
	 * Whether the other end of the connection has acknowledged all that the kernel has
	 * sent; true where the kernel does not say.
	 */
	public boolean isAcknowledged() {
		Channel connection = (this.channel instanceof Http2StreamChannel stream) ? stream.parent() : this.channel;
		try {
			return !(connection instanceof EpollSocketChannel tcp) || tcp.tcpInfo().unacked() == 0;
		}
		catch (ChannelException ex) {
			// it has just been closed
			return true;
		}
	}

	// a probe of a window of zero is no data, and what is sent again has not been taken
	private void askKernel(EpollSocketChannel tcp) {
		try {
			EpollTcpInfo info = tcp.tcpInfo();
			long sent = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(info.lastDataSent());
			if (info.retransmits() == 0 && sent - this.lastTaken > 0) {
				this.lastTaken = sent;
			}
		}
		catch (ChannelException ex) {
			// it has just been closed
		}
	}

	private void compare() {
		long now = this.channel.bytesBeforeWritable();
		if (now != this.waiting) {
			this.waiting = now;
			this.lastTaken = System.nanoTime();
		}
	}

}
