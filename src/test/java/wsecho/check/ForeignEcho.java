package wsecho.check;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.ReferenceCountUtil;

/** An echo server that is no wsecho, as Netty's users write one. */
final class ForeignEcho implements AutoCloseable {

	private static final int LARGEST = 32 * 1024 * 1024;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Channel listener;

	ForeignEcho() {
		this.listener = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			// Netty unmasks a frame by many small steps, of which the detection of leaks
			// would note each: 16 MiB would keep the others waiting
			.childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false, true))
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
						.websocketPath("/")
						.checkStartsWith(true)
						.maxFramePayloadLength(LARGEST)
						.build();
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST),
								new WebSocketServerProtocolHandler(config), new Echo());
				}
			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	int port() {
		return ((InetSocketAddress) this.listener.localAddress()).getPort();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully().syncUninterruptibly();
	}

	private static final class Echo extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			if (message instanceof WebSocketFrame) {
				ctx.writeAndFlush(message);
			}
			else {
				ReferenceCountUtil.release(message);
				ctx.close();
			}
		}

	}

}
