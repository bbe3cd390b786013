package wsecho.check.client;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Receives one response. After a 101 it makes room for the frames of a session. */
final class ResponseHandler extends SimpleChannelInboundHandler<HttpObject> {

	private static final int SWITCHING_PROTOCOLS = 101;

	private final IncomingAnswer answer;

	private final @Nullable Session session;

	private @Nullable HttpResponse head;

	/**
	 * Receives one.
	 * @param answer is filled with it
	 * @param session gets the frames, if it is the answer to a handshake
	 */
	ResponseHandler(IncomingAnswer answer, @Nullable Session session) {
		this.answer = answer;
		this.session = session;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HttpObject msg) throws IOException {
		if (msg instanceof HttpResponse response) {
			if (response.decoderResult().isFailure()) {
				throw new IOException("what answered does not speak HTTP/1.1");
			}
			if (isUnkeyed(response)) {
				answered(response);
				ctx.close();
				return;
			}
			this.head = isInterim(response.status()) ? null : response;
		}
		if (msg instanceof HttpContent content) {
			this.answer.read(content.content());
		}
		if (msg instanceof LastHttpContent && this.head != null) {
			ended(ctx, this.head);
		}
	}

	private void ended(ChannelHandlerContext ctx, HttpResponse response) {
		if (response.status().code() == SWITCHING_PROTOCOLS && this.session != null) {
			FrameHandler.addTo(ctx.pipeline(), this.session, response.headers().get("Sec-WebSocket-Extensions"));
			ctx.pipeline().remove(this);
			// what it has not read yet goes on to the frames
			ctx.pipeline().remove(HttpClientCodec.class);
		}
		answered(response);
	}

	// RFC 9110, 15.2: a final response follows
	private static boolean isInterim(HttpResponseStatus status) {
		return status.codeClass() == HttpStatusClass.INFORMATIONAL && status.code() != SWITCHING_PROTOCOLS;
	}

	// Netty waits for the body that such an answer had in a draft (hixie-76, 1.3)
	private static boolean isUnkeyed(HttpResponse response) {
		return response.status().code() == SWITCHING_PROTOCOLS && !response.headers().contains("Sec-WebSocket-Accept");
	}

	private void answered(HttpResponse response) {
		this.answer.complete(response.status().code(), response.headers());
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
