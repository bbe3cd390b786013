package wsecho.check.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import org.jspecify.annotations.Nullable;
import wsecho.check.table.Facts;

/** Receives one response on its stream; after a handshake's 200 frames follow. */
final class Http2ResponseHandler extends SimpleChannelInboundHandler<Http2StreamFrame> {

	private static final int MAX_BODY = 256 * 1024;

	private final CompletableFuture<Answer> answer;

	private static final String EXTENSIONS = "sec-websocket-extensions";

	private final @Nullable Session session;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private @Nullable Http2Headers head;

	/**
	 * Receives one.
	 * @param answer is completed with it
	 * @param session gets the frames, if it is the answer to a handshake
	 */
	Http2ResponseHandler(CompletableFuture<Answer> answer, @Nullable Session session) {
		this.answer = answer;
		this.session = session;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) throws IOException {
		if (frame instanceof Http2HeadersFrame headers) {
			began(ctx, headers);
		}
		else if (frame instanceof Http2DataFrame data) {
			if (this.body.size() < MAX_BODY) {
				data.content().readBytes(this.body, data.content().readableBytes());
			}
			if (data.isEndStream()) {
				ended();
			}
		}
	}

	private void began(ChannelHandlerContext ctx, Http2HeadersFrame headers) {
		if (this.head == null) {
			this.head = headers.headers();
		}
		Session opened = this.session;
		if (opened != null && "200".contentEquals(this.head.status())) {
			MessageCompression compression = MessageCompression.of(this.head.get(EXTENSIONS), ctx.alloc());
			opened.compress(compression);
			opened.start(ctx.channel());
			ctx.pipeline().addLast(new Http2DataCodec(), new FrameHandler(ctx.alloc(), opened, compression));
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
		this.answer.complete(new Answer(2, Integer.parseInt(received.status().toString()), fields,
				this.body.toString(StandardCharsets.UTF_8), new Facts()));
	}

	// each stream that a GOAWAY does not answer is told of it by an event, which the
	// pipeline's end releases
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2ResetFrame reset) {
			this.answer.completeExceptionally(new IOException("the stream was reset with " + reset.errorCode()));
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.answer.completeExceptionally(new IOException("the connection ended without an answer"));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.answer.completeExceptionally(cause);
		ctx.close();
	}

}
