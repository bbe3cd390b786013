package wsecho.check.client;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import org.jspecify.annotations.Nullable;

/** Receives one response on its stream; after a handshake's 200 frames follow. */
final class Http2ResponseHandler extends SimpleChannelInboundHandler<Http2StreamFrame> {

	private final IncomingAnswer answer;

	private final @Nullable Session session;

	private @Nullable Http2Headers head;

	/**
	 * Receives one.
	 * @param answer is filled with it
	 * @param session gets the frames, if it is the answer to a handshake
	 */
	Http2ResponseHandler(IncomingAnswer answer, @Nullable Session session) {
		this.answer = answer;
		this.session = session;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) throws IOException {
		if (frame instanceof Http2HeadersFrame headers) {
			if (!isInterim(headers.headers())) {
				began(ctx, headers);
			}
		}
		else if (frame instanceof Http2DataFrame data) {
			this.answer.read(data.content());
			if (data.isEndStream()) {
				ended();
			}
		}
	}

	// RFC 9110, 15.2: a final response follows
	private static boolean isInterim(Http2Headers headers) {
		return HttpStatusClass.valueOf(headers.status()) == HttpStatusClass.INFORMATIONAL;
	}

	private void began(ChannelHandlerContext ctx, Http2HeadersFrame headers) {
		if (this.head == null) {
			this.head = headers.headers();
		}
		Session opened = this.session;
		if (opened != null && "200".contentEquals(this.head.status())) {
			ctx.pipeline().addLast(new Http2DataCodec());
			FrameHandler.addTo(ctx.pipeline(), opened, this.head.get("sec-websocket-extensions"));
			ctx.pipeline().remove(this);
			ended();
		}
		else if (headers.isEndStream()) {
			ended();
		}
	}

	private void ended() {
		Http2Headers received = this.head;
		if (received == null) {
			return;
		}
		HttpHeaders fields = new DefaultHttpHeaders();
		received.forEach((field) -> {
			if (!Http2Headers.PseudoHeaderName.isPseudoHeader(field.getKey())) {
				fields.add(field.getKey(), field.getValue());
			}
		});
		this.answer.complete(Integer.parseInt(received.status().toString()), fields);
	}

	// each stream that a GOAWAY does not answer is told of it by an event, which the
	// pipeline's end releases
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2ResetFrame reset) {
			this.answer.fail(new IOException("the stream was reset with " + reset.errorCode()));
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.answer.end();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.answer.fail(cause);
		ctx.close();
	}

}
