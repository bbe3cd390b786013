package wsecho.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import wsecho.handshake.Http2Request;
import wsecho.handshake.SessionAdmission;

/** Adds our handlers to those of Reactor Netty, once it is known which there are. */
final class HttpPipeline {

	/** Requests of one connection that may wait: all of them are answered in one turn. */
	private static final int PIPELINED = 16;

	private final SessionAdmission admission;

	private final Http2Limits limits;

	private final HeaderLimits headers;

	/**
	 * For all ports.
	 * @param admission is told of refusals
	 * @param limits of a connection of HTTP/2
	 * @param headers how long those of a request may be
	 */
	HttpPipeline(SessionAdmission admission, Http2Limits limits, HeaderLimits headers) {
		this.admission = admission;
		this.limits = limits;
		this.headers = headers;
	}

	HttpServer install(HttpServer server) {
		HttpDecoderConfig decoder = FewFields.decoder(server.configuration().decoder());
		return server.maxPipelineDepth(PIPELINED)
			.http2Settings((settings) -> settings.connectProtocolEnabled(true)
				.maxHeaderListSize(this.headers.headerList())
				.maxConcurrentStreams(this.limits.streams())
				// RapidResets counts those of the client
				.maxDecodedRstFramesPerWindow(0, RapidResets.WINDOW_SECONDS)
				.maxEncodedRstFramesPerWindow(this.limits.rapidResets() + 10 * this.limits.streams(),
						RapidResets.WINDOW_SECONDS))
			.doOnChannelInit((observer, channel, remote) -> opened(channel.pipeline(), decoder))
			.childObserve(this::changed)
			.childObserve(Http2Request::keep);
	}

	private void opened(ChannelPipeline pipeline, HttpDecoderConfig decoder) {
		if (pipeline.get(NettyPipeline.SslHandler) != null) {
			pipeline.addFirst(new PlainTextOnTls(this.admission::refused));
			// Reactor Netty's last handler keeps the event to itself
			pipeline.addBefore(NettyPipeline.ReactiveBridge, null, new AfterTls(decoder));
		}
		else {
			protocolKnown(pipeline, decoder);
		}
	}

	private void protocolKnown(ChannelPipeline pipeline, HttpDecoderConfig decoder) {
		ChannelHandler codec = pipeline.get(NettyPipeline.HttpCodec);
		if (codec instanceof HttpServerCodec) {
			pipeline.replace(codec, NettyPipeline.HttpCodec, new HttpServerCodec(decoder));
			pipeline.addAfter(NettyPipeline.HttpCodec, null, new ProblemEncoder(this.admission::refused));
			pipeline.addAfter(NettyPipeline.HttpCodec, null, new BrokenBodies());
		}
		else if (codec instanceof Http2FrameCodec http2) {
			pipeline.addBefore(NettyPipeline.HttpCodec, null, new StreamOrder(http2.connection()));
			pipeline.addLast(Http2ErrorFilter.INSTANCE);
		}
	}

	// a stream has its handlers, and nothing has been read of it
	private void changed(Connection connection, ConnectionObserver.State state) {
		if (state == ConnectionObserver.State.CONNECTED && connection.channel() instanceof Http2StreamChannel stream) {
			Channel parent = stream.parent();
			stream.pipeline()
				.addFirst(new StreamValidator(this.headers, RapidResets.of(parent, this.limits.rapidResets()),
						this.admission::refused))
				.addAfter(NettyPipeline.H2ToHttp11Codec, null, new ProblemEncoder(this.admission::refused))
				.addAfter(NettyPipeline.H2ToHttp11Codec, null, MisdirectedStream.INSTANCE);
		}
	}

	// ALPN has just put the codec behind this handler
	private final class AfterTls extends ChannelInboundHandlerAdapter {

		private final HttpDecoderConfig decoder;

		private AfterTls(HttpDecoderConfig decoder) {
			this.decoder = decoder;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			context.fireUserEventTriggered(event);
			if (event instanceof SslHandshakeCompletionEvent) {
				context.pipeline().remove(this);
				protocolKnown(context.pipeline(), this.decoder);
			}
		}

	}

}
