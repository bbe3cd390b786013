package wsecho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 connection, in the clear with prior knowledge or over TLS with ALPN. */
final class Http2Connection implements AutoCloseable {

	private static final EventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private static final int WINDOW = 1 << 20;

	private final BlockingQueue<Boolean> extendedConnect = new LinkedBlockingQueue<>();

	private final Channel channel;

	private volatile boolean goneAway;

	/**
	 * Connects in the clear.
	 * @param port the server's, on the loopback address
	 */
	Http2Connection(int port) throws Exception {
		this(port, null);
	}

	/**
	 * Connects.
	 * @param port the server's, on the loopback address
	 * @param tls the client's, with h2 for ALPN, or null
	 */
	Http2Connection(int port, @Nullable SslContext tls) throws Exception {
		this.channel = new Bootstrap().group(GROUP)
			.channel(NioSocketChannel.class)
			.handler(new Handlers(tls))
			.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
			.sync()
			.channel();
		if (!Boolean.TRUE.equals(this.extendedConnect.poll(20, TimeUnit.SECONDS))) {
			throw new IOException("the server does not announce extended CONNECT");
		}
		this.channel.eventLoop().submit(this::widen).get();
	}

	// so that a stream that is not read does not hold up the others at this end
	private Void widen() throws Exception {
		io.netty.handler.codec.http2.Http2Connection connection = this.channel.pipeline()
			.get(Http2FrameCodec.class)
			.connection();
		connection.local().flowController().incrementWindowSize(connection.connectionStream(), WINDOW);
		this.channel.flush();
		return null;
	}

	/**
	 * Opens a stream with a request.
	 * @param request its header fields
	 */
	Http2Stream stream(Http2Headers request) throws Exception {
		return new Http2Stream(this.channel, request, false);
	}

	/**
	 * Opens a stream with a request that has no body (END_STREAM).
	 * @param request its header fields
	 */
	Http2Stream wholeRequest(Http2Headers request) throws Exception {
		return new Http2Stream(this.channel, request, true);
	}

	/**
	 * Opens a stream with a WebSocket handshake.
	 * @param handshake its header fields
	 * @return the stream, with an open session
	 * @throws IOException if the server answers anything but 200
	 */
	Http2Stream open(Http2Headers handshake) throws Exception {
		Http2Stream stream = stream(handshake);
		CharSequence status = stream.response().status();
		if (!"200".contentEquals(status)) {
			close();
			throw new IOException("status " + status);
		}
		return stream;
	}

	/** Whether the server has said that it takes no more streams (GOAWAY). */
	boolean isGoneAway() {
		return this.goneAway;
	}

	/** Whether the server has not ended it. */
	boolean isOpen() {
		return this.channel.isActive();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
	}

	private final class Handlers extends ChannelInitializer<Channel> {

		private final @Nullable SslContext tls;

		Handlers(@Nullable SslContext tls) {
			this.tls = tls;
		}

		@Override
		protected void initChannel(Channel channel) {
			if (this.tls != null) {
				channel.pipeline().addLast(this.tls.newHandler(channel.alloc()));
			}
			channel.pipeline()
				.addLast(Http2FrameCodecBuilder.forClient().build(),
						new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()), new Settings());
		}

	}

	private final class Settings extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2SettingsFrame frame) {
				Http2Connection.this.extendedConnect
					.add(Boolean.TRUE.equals(frame.settings().connectProtocolEnabled()));
			}
			else if (message instanceof Http2GoAwayFrame) {
				Http2Connection.this.goneAway = true;
			}
			ReferenceCountUtil.release(message);
		}

	}

}
