package wsecho.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Hands what comes in an HTTP/2 stream to the session as a socket does: bytes, then the
 * end of the incoming direction (END_STREAM). Past Reactor Netty's handlers: to them it
 * is the body of a request, or a message for their own decoder, until the 200 has been
 * written.
 */
final class Http2Inbound extends ChannelInboundHandlerAdapter {

	private final ChannelHandlerContext beforeSession;

	/**
	 * For one stream.
	 * @param beforeSession the handler before the session's
	 */
	Http2Inbound(ChannelHandlerContext beforeSession) {
		this.beforeSession = beforeSession;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent data) {
			this.beforeSession.fireChannelRead(data.content());
		}
		else {
			context.fireChannelRead(message);
		}
		if (message instanceof LastHttpContent) {
			this.beforeSession.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

}
