package wsecho.check;

import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import wsecho.websocket.codec.FrameDecoder;
import wsecho.websocket.codec.MaskedFrame;
import wsecho.websocket.codec.Opcode;
import wsecho.websocket.codec.ProtocolViolation;

/** Decodes the frames of a session, and answers pings. */
final class FrameHandler extends SimpleChannelInboundHandler<ByteBuf> {

	private final FrameDecoder decoder;

	private final Session session;

	FrameHandler(ByteBufAllocator allocator, Session session) {
		this.decoder = new FrameDecoder(allocator, false, false, Long.MAX_VALUE);
		this.session = session;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, ByteBuf read) {
		this.decoder.feed(read.retain());
		for (WebSocketFrame frame = this.decoder.next(); frame != null; frame = this.decoder.next()) {
			try {
				received(ctx, frame);
			}
			finally {
				frame.release();
			}
		}
		ProtocolViolation violation = this.decoder.violation();
		if (violation != null) {
			this.session.violated(violation.reason());
			ctx.close();
		}
	}

	private void received(ChannelHandlerContext ctx, WebSocketFrame frame) {
		switch (Opcode.of(frame)) {
			case Opcode.PING -> ctx.writeAndFlush(MaskedFrame.of(ctx.alloc(), Opcode.PONG,
					ThreadLocalRandom.current().nextInt(), ByteBufUtil.getBytes(frame.content())));
			case Opcode.PONG -> {
			}
			case Opcode.CLOSE -> this.session.closed(frame.content());
			default -> this.session.received(frame.content(), frame.isFinalFragment());
		}
	}

	// a proxy that only ends its direction says so by close_notify, and keeps the
	// connection
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslCloseCompletionEvent) {
			ctx.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.decoder.end();
		this.session.ended();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.session.reset();
		ctx.close();
	}

}
