package wsecho.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;

/**
 * Has a client of HTTP/2 connect anew after 421: a connection that stays leads to the
 * same instance again, and {@code Connection: close} does not exist there (RFC 9113,
 * 8.2.2). Streams that are open go on after GOAWAY (RFC 9113, 6.8).
 */
@ChannelHandler.Sharable
final class MisdirectedStream extends ChannelOutboundHandlerAdapter {

	static final MisdirectedStream INSTANCE = new MisdirectedStream();

	private MisdirectedStream() {
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		context.write(message, promise);
		if (message instanceof HttpResponse response) {
			context.pipeline().remove(this);
			if (response.status().equals(HttpResponseStatus.MISDIRECTED_REQUEST)) {
				Channel connection = context.channel().parent();
				connection.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
			}
		}
	}

}
