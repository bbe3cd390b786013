package wsecho.benchmark;

import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/**
 * An echo on Netty alone: its own codec, one flush a read, one event loop a core. With
 * the argument {@code utf8} text is checked by Netty's validator.
 */
final class NettyEcho {

	private static final int MAX_FRAME = 16 << 20;

	private NettyEcho() {
	}

	public static void main(String[] args) throws InterruptedException {
		boolean utf8 = args.length > 0 && args[0].equals("utf8");
		IoHandlerFactory transport = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		Class<? extends ServerSocketChannel> type = Epoll.isAvailable() ? EpollServerSocketChannel.class
				: NioServerSocketChannel.class;
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), transport);
		Channel server = new ServerBootstrap().group(loops)
			.channel(type)
			.childHandler(new Pipeline(utf8))
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
		System.out.println("port " + ((InetSocketAddress) server.localAddress()).getPort());
	}

	private static final class Pipeline extends ChannelInitializer<Channel> {

		private final WebSocketServerProtocolConfig config;

		private final boolean utf8;

		Pipeline(boolean utf8) {
			this.utf8 = utf8;
			this.config = WebSocketServerProtocolConfig.newBuilder()
				.websocketPath("/websocket")
				.maxFramePayloadLength(MAX_FRAME)
				.withUTF8Validator(false)
				.build();
		}

		@Override
		protected void initChannel(Channel channel) {
			ChannelPipeline pipeline = channel.pipeline();
			pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(8192),
					new WebSocketServerProtocolHandler(this.config));
			if (this.utf8) {
				pipeline.addLast(new Utf8FrameValidator());
			}
			pipeline.addLast(new EchoHandler());
		}

	}

	private static final class EchoHandler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			context.write(message, context.voidPromise());
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			context.flush();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
