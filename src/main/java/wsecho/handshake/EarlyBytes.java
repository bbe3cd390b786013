package wsecho.handshake;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * Keeps what comes with a handshake whose answer is held back, in the place of HTTP's
 * decoder, which would take it for another request. Nothing more is read meanwhile.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {

	private final Queue<ByteBuf> kept = new ArrayDeque<>(1);

	private final String codec;

	private EarlyBytes(String codec) {
		this.codec = codec;
	}

	/**
	 * Keeps the bytes of a connection, if it is one of HTTP/1.1.
	 * @param channel the connection, which has just handed on a request
	 * @return what gives them up again, in the event loop, just before the answer
	 */
	static Runnable keep(Channel channel) {
		channel.config().setAutoRead(false);
		ChannelHandlerContext codec = channel.pipeline().context(HttpServerCodec.class);
		if (codec == null) {
			return () -> {
			};
		}
		EarlyBytes early = new EarlyBytes(codec.name());
		channel.pipeline().replace(codec.handler(), null, early);
		return () -> early.giveUp(channel);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.kept.add(bytes);
		}
		else {
			// the end of the request
			context.fireChannelRead(message);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		while (!this.kept.isEmpty()) {
			if (context.channel().isActive()) {
				context.fireChannelRead(this.kept.remove());
			}
			else {
				this.kept.remove().release();
			}
		}
		context.fireChannelReadComplete();
	}

	// to the session's decoder, if the answer is a 101; to HTTP's, if it is a refusal
	private void giveUp(Channel channel) {
		if (!channel.isActive()) {
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addAfter(pipeline.context(this).name(), this.codec, new HttpServerCodec());
		channel.eventLoop().execute(() -> {
			if (channel.isActive()) {
				pipeline.remove(this);
			}
		});
	}

}
