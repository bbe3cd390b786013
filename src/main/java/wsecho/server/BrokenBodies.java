package wsecho.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection after the answer to a request whose body cannot be read: what follows
 * is no request. Reactor Netty would answer the body too, and no handler reads it.
 */
final class BrokenBodies extends ChannelDuplexHandler {

	private int unanswered;

	private boolean interim;

	private boolean broken;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			this.unanswered++;
		}
		else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
			this.broken = true;
			ReferenceCountUtil.release(message);
			endBody(context);
			return;
		}
		context.fireChannelRead(message);
	}

	private void endBody(ChannelHandlerContext context) {
		if (this.unanswered > 0) {
			context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
		}
		else {
			context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			begin(response);
		}
		if (message instanceof LastHttpContent && !this.interim) {
			this.unanswered--;
		}
		boolean isEnd = this.broken && this.unanswered == 0;
		context.write(message, isEnd ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
		// sessions do without it
		if (message instanceof HttpResponse response
				&& response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			context.pipeline().remove(this);
		}
	}

	private void begin(HttpResponse response) {
		this.interim = response.status().equals(HttpResponseStatus.CONTINUE);
		if (this.broken && this.unanswered == 1 && !this.interim) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
	}

}
