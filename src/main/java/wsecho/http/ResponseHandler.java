package wsecho.http;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import wsecho.websocket.SessionEnd;

/** Tells a session that is a response what happens in its channel. */
final class ResponseHandler extends ChannelDuplexHandler {

	private final BodyFlow flow;

	private final SignsOfLife signs;

	private final ResponseEnd end;

	/** How the connection has ended, as it looks. */
	private SessionEnd seen;

	ResponseHandler(Channel channel, BodyFlow flow, SignsOfLife signs, ResponseEnd end) {
		this.flow = flow;
		this.signs = signs;
		this.end = end;
		// a client cannot end a stream in this direction but by a reset
		this.seen = (channel instanceof Http2StreamChannel) ? SessionEnd.LOST : SessionEnd.CUT;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			this.flow.anotherRequest();
		}
		if (message instanceof HttpContent content) {
			this.signs.heard();
			this.flow.received(content.content().readableBytes());
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		int length = length(message);
		boolean end = isEnd(message);
		context.write(message, promise.unvoid().addListener((written) -> taken(end && written.isSuccess())));
		this.signs.written();
		this.flow.written(length);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		this.flow.resume();
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			this.seen = SessionEnd.LOST;
		}
		context.fireExceptionCaught(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.end.ended(this.seen);
		context.fireChannelInactive();
	}

	// a stream may end with this, before the handler hears of it
	private void taken(boolean end) {
		if (end) {
			this.seen = SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.BODY);
		}
		this.flow.taken();
	}

	private static boolean isEnd(Object message) {
		return message instanceof LastHttpContent
				&& !(message instanceof HttpResponse response && response.status().equals(HttpResponseStatus.CONTINUE));
	}

	private static int length(Object message) {
		if (message instanceof ByteBuf bytes) {
			return bytes.readableBytes();
		}
		return (message instanceof ByteBufHolder holder) ? holder.content().readableBytes() : 0;
	}

}
