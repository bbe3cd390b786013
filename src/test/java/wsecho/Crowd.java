package wsecho;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of clients in one thread. Some are idle, the others have one message under
 * way at most; each answers pings and a Close, and then waits for the server's end.
 */
final class Crowd implements AutoCloseable {

	private static final long PAUSE_MILLIS = 250;

	private static final int WAVE = 200;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	/**
	 * What each client saw last, by what it was: the code of a Close, or how it failed.
	 */
	private final Map<String, AtomicLong> ends = new ConcurrentHashMap<>();

	private final CountDownLatch ended;

	/**
	 * Opens the sessions.
	 * @param port the server's
	 * @param idle how many are idle
	 * @param echoing how many are not
	 */
	Crowd(int port, int idle, int echoing) throws Exception {
		this.ended = new CountDownLatch(idle + echoing);
		int open = 0;
		while (open < idle + echoing) {
			int wave = Math.min(WAVE, idle + echoing - open);
			CountDownLatch opened = new CountDownLatch(wave);
			for (int i = 0; i < wave; i++, open++) {
				connect(port, open >= idle, opened);
			}
			if (!opened.await(30, TimeUnit.SECONDS)) {
				throw new IOException(opened.getCount() + " of " + wave + " not open within 30 s; " + this.ends);
			}
		}
	}

	private void connect(int port, boolean echoing, CountDownLatch opened) {
		new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline().addLast(new Client(echoing, opened));
				}
			})
			.connect(InetAddress.getLoopbackAddress(), port);
	}

	long sent() {
		return this.sent.get();
	}

	long answered() {
		return this.answered.get();
	}

	/** How the sessions ended, once all have, and how many in each way. */
	Map<String, AtomicLong> ends() throws InterruptedException {
		boolean all = this.ended.await(30, TimeUnit.SECONDS);
		return all ? this.ends : Map.of(this.ended.getCount() + " are open", new AtomicLong());
	}

	/** How many have not ended. */
	long open() {
		return this.ended.getCount();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private final class Client extends ByteToMessageDecoder {

		private final boolean echoing;

		private final CountDownLatch opened;

		private boolean upgraded;

		private String end = "no Close";

		private byte number;

		private @Nullable Byte outstanding;

		Client(boolean echoing, CountDownLatch opened) {
			this.echoing = echoing;
			this.opened = opened;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			context.writeAndFlush(
					Unpooled.copiedBuffer(RawSocket.handshake("/websocket").getBytes(StandardCharsets.US_ASCII)));
		}

		@Override
		protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
			if (!this.upgraded) {
				upgrade(context, in);
			}
			// frames of less than 126 bytes are all that comes
			else if (in.readableBytes() >= 2 && in.readableBytes() >= 2 + in.getUnsignedByte(in.readerIndex() + 1)) {
				int first = in.readUnsignedByte();
				frame(context, first, in.readSlice(in.readUnsignedByte()));
			}
		}

		private void upgrade(ChannelHandlerContext context, ByteBuf in) {
			int length = in.readableBytes();
			if (length > 4 && in.getInt(in.writerIndex() - 4) == 0x0d0a0d0a) {
				this.upgraded = in.toString(in.readerIndex(), 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 101");
				in.skipBytes(length);
				if (this.upgraded) {
					this.opened.countDown();
					next(context);
				}
			}
		}

		private void next(ChannelHandlerContext context) {
			if (this.echoing && context.channel().isActive() && this.end.equals("no Close")) {
				this.outstanding = ++this.number;
				Crowd.this.sent.incrementAndGet();
				send(context, 0x82, new byte[] { this.number });
			}
		}

		private void frame(ChannelHandlerContext context, int first, ByteBuf payload) {
			switch (first) {
				case 0x82 -> {
					boolean right = Byte.valueOf(payload.readByte()).equals(this.outstanding);
					this.end = right ? this.end : "wrong reply";
					this.outstanding = null;
					Crowd.this.answered.incrementAndGet();
					context.executor().schedule(() -> next(context), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
				}
				case 0x88 -> {
					this.end = this.end.equals("no Close") ? "" + payload.getUnsignedShort(payload.readerIndex())
							: this.end;
					send(context, 0x88, new byte[] { 3, (byte) 0xe9 });
				}
				case 0x89 -> send(context, 0x8a, ByteBufUtil.getBytes(payload));
				default -> this.end = "frame " + first;
			}
		}

		private static void send(ChannelHandlerContext context, int first, byte[] payload) {
			context.writeAndFlush(Unpooled.wrappedBuffer(RawSocket.frame(first, payload)));
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			Crowd.this.ends.computeIfAbsent(this.end, (end) -> new AtomicLong()).incrementAndGet();
			Crowd.this.ended.countDown();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.end = "" + cause;
			context.close();
		}

	}

}
