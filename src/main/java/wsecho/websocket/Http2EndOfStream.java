package wsecho.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tells the end of an HTTP/2 stream's incoming direction (END_STREAM) as that of a socket
 * is told; Reactor Netty's own handler turns it into an empty buffer.
 */
public final class Http2EndOfStream extends ChannelInboundHandlerAdapter {

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		boolean last = message instanceof LastHttpContent;
		context.fireChannelRead(message);
		if (last) {
			context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

}
