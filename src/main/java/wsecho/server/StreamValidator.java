package wsecho.server;

import java.util.function.IntConsumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Holds one stream to RFC 9113: a malformed request is a stream error (8.1.1). Of what
 * Netty finds malformed itself nobody else is told, since it would be logged, with what
 * the client wrote; the stream's end is all that they need.
 */
final class StreamValidator extends ChannelInboundHandlerAdapter {

	private final HeaderLimits limits;

	private final RapidResets resets;

	private final IntConsumer refused;

	private final long begin = System.nanoTime();

	private boolean requested;

	private boolean accepted;

	private boolean ended;

	/**
	 * For one stream.
	 * @param limits of its request
	 * @param resets counts it if it is reset
	 * @param refused is told the status of a request that no handler has seen
	 */
	StreamValidator(HeaderLimits limits, RapidResets resets, IntConsumer refused) {
		this.limits = limits;
		this.resets = resets;
		this.refused = refused;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.ended |= (message instanceof Http2HeadersFrame headers && headers.isEndStream())
				|| (message instanceof Http2DataFrame data && data.isEndStream());
		if (message instanceof Http2HeadersFrame frame && !this.requested) {
			this.requested = true;
			this.accepted = accepts(context, frame.headers());
		}
		if (this.accepted && isOfAMessage(message)) {
			context.fireChannelRead(message);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	// RFC 9113, 5.5: frames of other types are discarded. They know no flow control, and
	// Reactor Netty would keep them as content until the stream ends
	private static boolean isOfAMessage(Object frame) {
		return frame instanceof Http2HeadersFrame || frame instanceof Http2DataFrame;
	}

	private boolean accepts(ChannelHandlerContext context, Http2Headers headers) {
		if (!isComplete(headers)) {
			reset(context, Http2Error.PROTOCOL_ERROR);
			context.close();
			return false;
		}
		Problem problem = this.limits.check(headers);
		if (problem != null) {
			refuse(context, problem);
		}
		return problem == null;
	}

	private void refuse(ChannelHandlerContext context, Problem problem) {
		this.refused.accept(problem.status().code());
		byte[] body = problem.json();
		context.write(new DefaultHttp2HeadersFrame(problem.headers(body.length)));
		context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true))
			.addListener((written) -> endStream(context));
	}

	// RFC 9113, 8.1: after a whole response NO_ERROR ends what is left of the request
	private void endStream(ChannelHandlerContext context) {
		if (!this.ended) {
			context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
		}
		context.close();
	}

	// the codec answers a header that is longer than it reads, and hands nothing on
	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (!this.requested) {
			this.refused.accept(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.code());
		}
		context.fireChannelInactive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof Http2ResetFrame) {
			count();
		}
		context.fireUserEventTriggered(event);
	}

	// Netty resets the stream with the right code after this
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof Http2Exception failure) {
			if (isAfterEnd(failure)) {
				reset(context, Http2Error.STREAM_CLOSED);
			}
			else {
				count();
			}
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	private void reset(ChannelHandlerContext context, Http2Error error) {
		context.writeAndFlush(new DefaultHttp2ResetFrame(error));
		count();
	}

	// RFC 9113, 5.1: STREAM_CLOSED, where Netty counts HEADERS and says PROTOCOL_ERROR
	private boolean isAfterEnd(Http2Exception failure) {
		return this.ended && String.valueOf(failure.getMessage()).contains("too many headers");
	}

	private void count() {
		if (System.nanoTime() - this.begin < RapidResets.RAPID_NANOS) {
			this.resets.count();
		}
	}

	// RFC 9113, 8.3.1 and 8.5; RFC 8441, 4
	private static boolean isComplete(Http2Headers headers) {
		CharSequence method = headers.method();
		if (method == null) {
			return false;
		}
		if ("CONNECT".contentEquals(method) && !headers.contains(PseudoHeaderName.PROTOCOL.value())) {
			return headers.authority() != null && headers.scheme() == null && headers.path() == null;
		}
		CharSequence path = headers.path();
		return headers.scheme() != null && path != null && !path.isEmpty();
	}

}
