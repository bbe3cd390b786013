package wsecho.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Keeps out of the log what a client does wrong in HTTP/2, or anybody could fill it. The
 * client is told by the GOAWAY that ends its connection (RFC 9113, 5.4.1).
 */
final class Http2ErrorFilter extends ChannelInboundHandlerAdapter {

	static void install(Channel channel) {
		channel.pipeline().addLast(new Http2ErrorFilter());
	}

	// with TLS the codec has been put behind this handler just now, if it is HTTP/2
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		context.fireUserEventTriggered(event);
		if (event instanceof SslHandshakeCompletionEvent) {
			context.pipeline().remove(this);
			install(context.channel());
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof Http2Exception failure) || failure.error() == Http2Error.INTERNAL_ERROR) {
			context.fireExceptionCaught(cause);
		}
	}

}
