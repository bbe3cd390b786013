package wsecho.check.client;

import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;
import wsecho.websocket.codec.FrameDecoder;
import wsecho.websocket.codec.MaskedFrame;
import wsecho.websocket.codec.Opcode;
import wsecho.websocket.codec.ProtocolViolation;

/** Decodes the frames of a session, and answers pings. */
final class FrameHandler extends SimpleChannelInboundHandler<ByteBuf> {

	private final FrameDecoder decoder;

	private final Session session;

	private final @Nullable MessageCompression compression;

	private FrameHandler(ByteBufAllocator allocator, Session session, @Nullable MessageCompression compression) {
		this.decoder = new FrameDecoder(allocator, false, compression != null, Long.MAX_VALUE);
		this.session = session;
		this.compression = compression;
	}

	/**
	 * Starts a session, whose frames it handles.
	 * @param pipeline has received the answer to the handshake
	 * @param session the session
	 * @param extensions what the answer agrees to, or null
	 */
	static void addTo(ChannelPipeline pipeline, Session session, @Nullable CharSequence extensions) {
		ByteBufAllocator allocator = pipeline.channel().alloc();
		MessageCompression compression = MessageCompression.of(extensions, allocator);
		session.compress(compression);
		session.start(pipeline.channel());
		pipeline.addLast(new FrameHandler(allocator, session, compression));
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, ByteBuf read) {
		this.decoder.feed(read.retain());
		for (WebSocketFrame frame = this.decoder.next(); frame != null; frame = this.decoder.next()) {
			try {
				inflate(ctx, frame);
			}
			finally {
				frame.release();
			}
		}
		ProtocolViolation violation = violation();
		if (violation != null) {
			this.session.violated(violation.reason());
			ctx.close();
		}
	}

	private void inflate(ChannelHandlerContext ctx, WebSocketFrame frame) {
		if (this.compression != null) {
			this.compression.inflate(frame, (inflated) -> received(ctx, inflated));
		}
		else {
			received(ctx, frame);
		}
	}

	private @Nullable ProtocolViolation violation() {
		ProtocolViolation violation = (this.compression != null) ? this.compression.violation() : null;
		return (violation != null) ? violation : this.decoder.violation();
	}

	private void received(ChannelHandlerContext ctx, WebSocketFrame frame) {
		switch (Opcode.of(frame)) {
			case Opcode.PING -> ctx.writeAndFlush(MaskedFrame.of(ctx.alloc(), MaskedFrame.FIN | Opcode.PONG,
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
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.decoder.end();
		if (this.compression != null) {
			this.compression.end();
		}
		this.session.ended();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.session.reset();
		ctx.close();
	}

}
