package wsecho.http;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
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

	private final ResponseSession session;

	/** How the connection has ended, as it looks. */
	private SessionEnd end;

	ResponseHandler(ResponseSession session) {
		this.session = session;
		// a client cannot end a stream in this direction but by a reset
		this.end = (session.channel() instanceof Http2StreamChannel) ? SessionEnd.LOST : SessionEnd.CUT;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			this.session.anotherRequest();
		}
		if (message instanceof HttpContent content) {
			this.session.received(content.content().readableBytes());
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		int length = length(message);
		context.write(message,
				isEnd(message) ? promise.unvoid().addListener((sent) -> ended(sent.isSuccess())) : promise);
		if (length > 0) {
			this.session.written(length);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		this.session.resume();
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			this.end = SessionEnd.LOST;
		}
		context.fireExceptionCaught(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.session.ended(this.end);
		context.fireChannelInactive();
	}

	// a stream may end with this, before the handler hears of it
	private void ended(boolean sent) {
		if (sent) {
			this.end = SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.BODY);
		}
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
