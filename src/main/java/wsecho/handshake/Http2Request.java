package wsecho.handshake;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The header of a stream's request as it came. Reactor Netty hands on one of HTTP/1.1
 * that is made of it, without {@code :protocol} and with fields that nobody sent.
 *
 * @param headers its fields, the pseudo-header fields among them
 * @param isEnded whether nothing follows it (END_STREAM)
 */
public record Http2Request(Http2Headers headers, boolean isEnded) {

	private static final AsciiString AUTHORITY = Http2Headers.PseudoHeaderName.AUTHORITY.value();

	private static final AttributeKey<Http2Request> KEY = AttributeKey.valueOf(Http2Request.class, "request");

	/**
	 * Keeps the header of each stream's request, until a handshake asks for it.
	 * @param connection a connection or a stream
	 * @param state what has become of it
	 */
	public static void keep(Connection connection, ConnectionObserver.State state) {
		if (state == ConnectionObserver.State.CONNECTED && connection.channel() instanceof Http2StreamChannel stream) {
			stream.pipeline().addFirst(new Keeper());
		}
	}

	/** The header of a stream's request; null over HTTP/1.1, and once it was taken. */
	static @Nullable Http2Request of(HttpServerRequest request) {
		return ((Connection) request).channel().attr(KEY).get();
	}

	/** The header of a stream's request; null after the first time, and over HTTP/1.1. */
	static @Nullable Http2Request take(HttpServerRequest request) {
		return ((Connection) request).channel().attr(KEY).getAndSet(null);
	}

	/** The protocol that an extended CONNECT asks for (RFC 8441, 4), or null. */
	@Nullable String protocol() {
		CharSequence protocol = this.headers.get(Http2Headers.PseudoHeaderName.PROTOCOL.value());
		return (protocol != null) ? protocol.toString() : null;
	}

	/**
	 * The fields in their order; of the pseudo-header fields {@code :authority} alone.
	 */
	List<Map.Entry<String, String>> fields() {
		return StreamSupport.stream(this.headers.spliterator(), false)
			.filter((field) -> !Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())
					|| AUTHORITY.contentEquals(field.getKey()))
			.map((field) -> Map.entry(field.getKey().toString(), field.getValue().toString()))
			.toList();
	}

	private static final class Keeper extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2HeadersFrame frame) {
				context.channel().attr(KEY).set(new Http2Request(frame.headers(), frame.isEndStream()));
			}
			context.pipeline().remove(this);
			context.fireChannelRead(message);
		}

	}

}
