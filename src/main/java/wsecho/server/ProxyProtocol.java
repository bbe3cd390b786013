package wsecho.server;

import java.util.function.IntConsumer;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.ProxyProtocolSupportType;
import wsecho.handshake.ProxiedConnection;

/**
 * Requires each connection to begin with a header of the PROXY protocol, and refuses one
 * that does not. Reactor Netty takes the client's address from it.
 */
final class ProxyProtocol extends ChannelDuplexHandler {

	private static final Problem PROBLEM = new Problem(HttpResponseStatus.BAD_REQUEST,
			"The connection does not begin with a valid header of the PROXY protocol, version 1 or 2, which this port "
					+ "requires. The load balancer in front has to be told to send it, "
					+ "or the property wsecho.proxy-protocol has to be off.");

	private final IntConsumer refused;

	/** Whether what came is being decoded. */
	private boolean decoding;

	private boolean answered;

	private ProxyProtocol(IntConsumer refused) {
		this.refused = refused;
	}

	/**
	 * A server that requires it. It has to be set up after {@link PriorKnowledge}, which
	 * sets up a connection again when the header has been read, and after
	 * {@link Connections}.
	 */
	static HttpServer requiredBy(HttpServer server, IntConsumer refused) {
		return server.proxyProtocol(ProxyProtocolSupportType.ON)
			.doOnChannelInit((observer, channel, remote) -> place(channel.pipeline(), refused));
	}

	// Reactor Netty's decoder stands behind handlers that look at the first bytes of a
	// request or of TLS, and those come after the header; ConnectionMemory stays first
	private static void place(ChannelPipeline pipeline, IntConsumer refused) {
		String first = pipeline.firstContext().name();
		ProxyProtocol required = new ProxyProtocol(refused);
		pipeline.remove(NettyPipeline.ProxyProtocolDecoder);
		pipeline.addAfter(first, null, required.new Header());
		pipeline.addAfter(first, NettyPipeline.ProxyProtocolDecoder, new HAProxyMessageDecoder());
		pipeline.addAfter(first, null, required);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.answered) {
			ReferenceCountUtil.release(message);
			return;
		}
		this.decoding = true;
		context.fireChannelRead(message);
		this.decoding = false;
	}

	// the decoder closes at what is no header, and says so only then
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.decoding && !this.answered) {
			this.answered = true;
			this.refused.accept(PROBLEM.status().code());
			// past TLS, which has not begun
			context.writeAndFlush(PROBLEM.lastResponse()).addListener((written) -> context.close(promise));
		}
		else {
			context.close(promise);
		}
	}

	/** Stands behind the decoder. */
	private final class Header extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			// a check of the proxy's own names nobody
			if (message instanceof HAProxyMessage header && header.sourceAddress() != null
					&& header.sourcePort() != 0) {
				ProxiedConnection.mark(context.channel());
			}
			context.pipeline().remove(ProxyProtocol.this);
			context.pipeline().remove(this);
			context.fireChannelRead(message);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			if (!(cause instanceof HAProxyProtocolException)) {
				context.fireExceptionCaught(cause);
			}
		}

	}

}
