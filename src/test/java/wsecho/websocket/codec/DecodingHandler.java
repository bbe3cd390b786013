package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Decodes all that is read, and hands on the frames and the violation. */
class DecodingHandler extends ChannelInboundHandlerAdapter {

	private final FrameDecoder decoder;

	private boolean violated;

	DecodingHandler(ByteBufAllocator allocator, boolean compressed) {
		this(new FrameDecoder(allocator, true, compressed, Long.MAX_VALUE));
	}

	DecodingHandler(FrameDecoder decoder) {
		this.decoder = decoder;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		this.decoder.feed((ByteBuf) msg);
		for (WebSocketFrame frame = this.decoder.next(); frame != null; frame = this.decoder.next()) {
			ctx.fireChannelRead(frame);
		}
		if (this.decoder.violation() != null && !this.violated) {
			this.violated = true;
			ctx.fireChannelRead(this.decoder.violation());
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.decoder.end();
	}

}
