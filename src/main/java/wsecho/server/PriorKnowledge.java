package wsecho.server;

import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/**
 * Recognizes a client that speaks HTTP/2 without TLS: by its first bytes (RFC 9113, 3.3
 * and 3.4). Each connection is one of HTTP/1.1 until then.
 * <p>
 * Reactor Netty would do the same, but makes the codec of HTTP/2 for every connection,
 * which is 6 % of the time of a WebSocket handshake, and leaves in the upgrade from
 * HTTP/1.1 that RFC 9113 (3.1) has given up: its handler gathers each request that has an
 * Upgrade field whole and adds a header field to it.
 */
final class PriorKnowledge extends ByteToMessageDecoder {

	private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

	private final ChannelInitializer<Channel> http2;

	private PriorKnowledge(ChannelInitializer<Channel> http2) {
		this.http2 = http2;
	}

	/** A server that sets up HTTP/2 by this, if it is to speak it without TLS. */
	static HttpServer recognizedBy(HttpServer server) {
		if (!Arrays.asList(server.configuration().protocols()).contains(HttpProtocol.H2C)) {
			return server;
		}
		HttpServer http2 = server.protocol(HttpProtocol.H2C);
		return server.protocol(HttpProtocol.HTTP11)
			.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
				.addFirst(new PriorKnowledge(http2.configuration().channelInitializer(observer, remote, true))));
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		int length = Math.min(in.readableBytes(), PREFACE.readableBytes());
		if (!ByteBufUtil.equals(in, in.readerIndex(), PREFACE, 0, length)) {
			context.pipeline().remove(this);
		}
		else if (length == PREFACE.readableBytes()) {
			becomeHttp2(context.pipeline());
		}
	}

	private void becomeHttp2(ChannelPipeline pipeline) {
		for (ChannelHandler handler : pipeline.toMap().values()) {
			if (handler != this) {
				pipeline.remove(handler);
			}
		}
		pipeline.addLast(this.http2);
		// hands on what has come
		pipeline.remove(this);
	}

}
