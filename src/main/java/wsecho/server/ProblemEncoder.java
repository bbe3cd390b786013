package wsecho.server;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.IntConsumer;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Makes each refusal that would be empty a problem document (RFC 9457). Stands right
 * behind the codec, where {@link DecoderResult} tells why a request could not be read;
 * Reactor Netty answers in turn, after the requests before it, and says nothing.
 */
final class ProblemEncoder extends ChannelDuplexHandler {

	private final IntConsumer refused;

	/** How the requests were decoded that wait for their answer, in their order. */
	private final Queue<DecoderResult> unanswered = new ArrayDeque<>(1);

	/**
	 * For a connection of HTTP/1.1, or a stream of HTTP/2.
	 * @param refused is told the status of each request that no handler has seen
	 */
	ProblemEncoder(IntConsumer refused) {
		this.refused = refused;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
				context.pipeline().addBefore(context.name(), null, new CloseDelimited(this.unanswered.size()));
			}
			if (request.decoderResult().isSuccess()) {
				check(request);
			}
			this.unanswered.add(request.decoderResult());
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		// 100 is not the answer yet
		if (message instanceof HttpResponse response && !response.status().equals(HttpResponseStatus.CONTINUE)) {
			DecoderResult request = this.unanswered.poll();
			boolean empty = response instanceof FullHttpResponse full && isEmptyRefusal(full);
			context.write(empty ? explain((FullHttpResponse) response, request) : response, promise);
			if (isLast(context, response.status())) {
				context.pipeline().remove(this);
			}
		}
		else {
			context.write(message, promise);
		}
	}

	private static void check(HttpRequest request) {
		if (request.protocolVersion().majorVersion() != 1) {
			refuse(request, DecoderProblems.VERSION);
		}
		// RFC 9110, 2.5: a later one is taken, and answered, as the latest that is known
		else if (request.protocolVersion().minorVersion() > 1) {
			request.setProtocolVersion(HttpVersion.HTTP_1_1);
		}
		request.setUri(RequestTarget.normal(request.uri()));
		List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
		if (hosts.size() == 1) {
			checkHost(request, hosts.get(0));
		}
		// a handshake is told all that is wrong with it at once
		else if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
				&& !request.headers().contains(HttpHeaderNames.UPGRADE)) {
			refuse(request, DecoderProblems.HOST);
		}
	}

	// RFC 3986, 3.2.3: a port may be empty; Spring refuses that
	private static void checkHost(HttpRequest request, String host) {
		if (host.endsWith(":")) {
			request.headers().set(HttpHeaderNames.HOST, host.substring(0, host.length() - 1));
		}
	}

	private static void refuse(HttpRequest request, Problem problem) {
		request.setDecoderResult(DecoderResult.failure(new RefusedRequestException(problem)));
	}

	private static boolean isEmptyRefusal(FullHttpResponse response) {
		HttpStatusClass kind = response.status().codeClass();
		return (kind == HttpStatusClass.CLIENT_ERROR || kind == HttpStatusClass.SERVER_ERROR)
				&& !response.content().isReadable() && isZero(response.headers().get(HttpHeaderNames.CONTENT_LENGTH));
	}

	// the answer to a HEAD request has another length
	private static boolean isZero(@Nullable String length) {
		return length == null || length.equals("0");
	}

	private FullHttpResponse explain(FullHttpResponse response, @Nullable DecoderResult request) {
		Throwable failure = (request != null) ? request.cause() : null;
		Problem problem = DecoderProblems.of(response.status(), failure);
		if (failure != null || response.status().equals(HttpResponseStatus.BAD_REQUEST)) {
			this.refused.accept(problem.status().code());
		}
		return problem.fill(response);
	}

	// sessions do without it
	private static boolean isLast(ChannelHandlerContext context, HttpResponseStatus status) {
		return status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
				|| (context.channel() instanceof Http2StreamChannel && status.code() >= 200);
	}

}
