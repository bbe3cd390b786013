package wsecho.check.client;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/** Makes a stream what a connection is to the frames of a session (RFC 8441, 5). */
final class Http2DataCodec extends ChannelDuplexHandler {

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof Http2DataFrame data)) {
			ReferenceCountUtil.release(msg);
			return;
		}
		boolean last = data.isEndStream();
		ctx.fireChannelRead(data.content());
		if (last) {
			ctx.close();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2ResetFrame reset) {
			ctx.fireExceptionCaught(new IOException("reset with " + reset.errorCode()));
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		ctx.write((msg instanceof ByteBuf bytes) ? new DefaultHttp2DataFrame(bytes) : msg, promise);
	}

}
