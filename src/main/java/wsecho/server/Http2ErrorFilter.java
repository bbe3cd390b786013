package wsecho.server;

import java.io.IOException;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Keeps out of the log what a client does wrong on an HTTP/2 connection, or anybody could
 * fill it. The client is told by the GOAWAY that ends its connection (RFC 9113, 5.4.1).
 */
@ChannelHandler.Sharable
final class Http2ErrorFilter extends ChannelInboundHandlerAdapter {

	static final Http2ErrorFilter INSTANCE = new Http2ErrorFilter();

	private Http2ErrorFilter() {
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!isClients(cause)) {
			context.fireExceptionCaught(cause);
		}
	}

	// a reset of the connection is an IOException
	private static boolean isClients(Throwable cause) {
		return cause instanceof IOException
				|| (cause instanceof Http2Exception failure && failure.error() != Http2Error.INTERNAL_ERROR);
	}

}
