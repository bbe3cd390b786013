package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;

/**
 * How far the network takes what was written to a channel. The channel itself sees that
 * only when the kernel has room again, for which a third of its buffer has to be taken:
 * with a client that reads slowly that takes minutes.
 */
final class WriteProgress {

	// of the kernel's clock, twice
	private static final long JITTER_MILLIS = 20;

	private WriteProgress() {
	}

	/**
	 * A number that changes when the network takes something.
	 * @param channel a channel in which something waits to be written
	 * @param before the number that was seen last
	 */
	static long of(Channel channel, long before) {
		return (channel instanceof EpollSocketChannel tcp) ? lastSent(tcp, before) : -channel.bytesBeforeWritable();
	}

	// when data was sent last: a probe of a window of zero is none, and what is sent
	// again has not been taken
	private static long lastSent(EpollSocketChannel channel, long before) {
		try {
			EpollTcpInfo info = channel.tcpInfo();
			long sent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - info.lastDataSent();
			return (info.retransmits() > 0 || Math.abs(sent - before) <= JITTER_MILLIS) ? before : sent;
		}
		catch (ChannelException ex) {
			// it has just been closed
			return before;
		}
	}

}
