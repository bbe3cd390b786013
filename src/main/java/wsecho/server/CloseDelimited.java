package wsecho.server;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Has the end of the connection tell that of a body without a length, in the answer to
 * one request of HTTP/1.0, which knows no chunks (RFC 9112, 6.1 and 6.3). Reactor Netty
 * sends them.
 */
final class CloseDelimited extends ChannelOutboundHandlerAdapter {

	/** How many answers begin before; negative once this one has begun. */
	private int others;

	private boolean closing;

	/**
	 * For one request.
	 * @param others how many requests before it have no answer yet
	 */
	CloseDelimited(int others) {
		this.others = others;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response && !response.status().equals(HttpResponseStatus.CONTINUE)
				&& this.others-- == 0) {
			begin(response);
		}
		boolean ends = this.others < 0 && message instanceof LastHttpContent;
		context.write(message,
				(ends && this.closing) ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
		if (ends) {
			context.pipeline().remove(this);
		}
	}

	private void begin(HttpResponse response) {
		this.closing = HttpUtil.isTransferEncodingChunked(response);
		if (this.closing) {
			response.headers()
				.remove(HttpHeaderNames.TRANSFER_ENCODING)
				.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
	}

}
