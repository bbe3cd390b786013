package wsecho.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/** The outgoing direction of a channel: how much waits in it, and how it is cut. */
public final class Outgoing {

	private Outgoing() {
	}

	/** How much waits until the network takes it, in bytes. */
	public static long pending(Channel channel) {
		long left = channel.bytesBeforeUnwritable();
		WriteBufferWaterMark marks = channel.config().getWriteBufferWaterMark();
		return (left > 0) ? marks.high() - left : marks.low() + channel.bytesBeforeWritable();
	}

	/** Ends this direction of a connection (FIN); the other stays open. */
	public static void end(Channel connection) {
		SslHandler tls = connection.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound();
		}
		else {
			((DuplexChannel) connection).shutdownOutput();
		}
	}

	/**
	 * Resets a connection, or a stream; Netty resets a stream that is closed before both
	 * directions have ended.
	 */
	public static void reset(Channel channel) {
		if (channel instanceof SocketChannel) {
			// RST instead of FIN, and past TLS, which would say farewell
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
			channel.unsafe().close(channel.unsafe().voidPromise());
		}
		else {
			channel.close();
		}
	}

}
