package wsecho.server;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServerState;
import wsecho.handshake.AdmittedChannel;
import wsecho.memory.MemoryBudget;
import wsecho.memory.Share;

/**
 * What one connection, or one stream of HTTP/2, draws of the memory budget beside the
 * sessions on it: more while a request is under way. In bytes, as measured, with what the
 * limits of a request's header allow. It is the first handler of the channel, until that
 * carries a session.
 */
@ChannelHandler.Sharable
final class ConnectionMemory extends ChannelInboundHandlerAdapter {

	/** Without a request. */
	private static final long CONNECTION = 3 * 1024;

	/** Of a connection over TLS, on top. */
	private static final long TLS = 16 * 1024;

	/** Of a request, from its first byte until its answer has been written. */
	private static final long REQUEST = 24 * 1024;

	private static final AttributeKey<ConnectionMemory> KEY = AttributeKey.valueOf(ConnectionMemory.class, "memory");

	private final MemoryBudget budget;

	private final Share share;

	private final AtomicBoolean claimed = new AtomicBoolean();

	/** Run when memory is exhausted and a request begins. */
	private final Runnable shortage;

	private final long connection;

	private final long tls;

	private ConnectionMemory(MemoryBudget budget, long connection, long tls, Runnable shortage) {
		this.budget = budget;
		this.share = new Share(budget);
		this.shortage = shortage;
		this.connection = connection;
		this.tls = tls;
		end();
	}

	/**
	 * A connection has been accepted.
	 * @param channel the connection
	 * @param budget of which it draws
	 * @param shortage run when a request begins on it and nothing is left
	 */
	static void opened(Channel channel, MemoryBudget budget, Runnable shortage) {
		boolean tls = channel.pipeline().get(SslHandler.class) != null;
		ConnectionMemory memory = new ConnectionMemory(budget, CONNECTION, tls ? TLS : 0, shortage);
		memory.watch(channel);
		channel.pipeline().addFirst(memory);
	}

	/** A request of a connection begins or has ended. */
	static void changed(Connection connection, ConnectionObserver.State state, MemoryBudget budget) {
		Channel channel = connection.channel();
		if (channel instanceof Http2StreamChannel) {
			if (state == ConnectionObserver.State.CONNECTED) {
				ConnectionMemory memory = new ConnectionMemory(budget, 0, 0, () -> {
				});
				memory.watch(channel);
				memory.begin();
			}
		}
		else if (state == ConnectionObserver.State.DISCONNECTING) {
			channel.attr(KEY).get().end();
		}
	}

	/**
	 * Whether a connection waits for a request or its answer, and nobody else has asked
	 * before: one that is about to be closed for what it takes.
	 */
	static boolean claim(Channel channel) {
		ConnectionMemory memory = channel.attr(KEY).get();
		return memory != null && memory.share.bytes() > memory.connection + memory.tls
				&& memory.claimed.compareAndSet(false, true);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		begin();
		context.fireChannelRead(message);
	}

	private void watch(Channel channel) {
		channel.attr(KEY).set(this);
		channel.closeFuture().addListener((closed) -> this.share.end());
		AdmittedChannel.watch(channel, (admitted) -> admitted(channel, admitted));
	}

	private void admitted(Channel channel, boolean admitted) {
		if (admitted) {
			// what a session costs has its connection in it
			this.share.set(this.tls);
		}
		else {
			begin();
		}
		if (!(channel instanceof Http2StreamChannel)) {
			place(channel.pipeline(), !admitted);
		}
	}

	// Netty puts a handler in again only if it is sharable, and takes all out when the
	// connection closes
	private void place(ChannelPipeline pipeline, boolean first) {
		if (first) {
			pipeline.addFirst(this);
		}
		else if (pipeline.context(this) != null) {
			pipeline.remove(this);
		}
	}

	private void begin() {
		long needed = this.connection + this.tls + REQUEST;
		if (this.share.bytes() != needed) {
			this.share.set(needed);
			if (this.budget.isExhausted()) {
				this.shortage.run();
			}
		}
	}

	private void end() {
		this.share.set(this.connection + this.tls);
	}

}
