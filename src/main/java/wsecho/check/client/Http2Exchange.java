package wsecho.check.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP/2, on a connection of its own: by ALPN over TLS, else with prior
 * knowledge (RFC 9113, 3). A handshake is an extended CONNECT (RFC 8441).
 *
 * @param connector makes the connection
 * @param session what a handshake opens, or null
 */
record Http2Exchange(Connector connector, @Nullable Session session) {

	private static final int WINDOW = 1 << 20;

	Answer exchange(Request request, Duration within) throws IOException, InterruptedException {
		CompletableFuture<Http2Settings> settings = new CompletableFuture<>();
		Connection connection = this.connector.connect((pipeline) -> initialize(pipeline, settings));
		Channel channel = connection.channel();
		boolean open = false;
		try {
			settings(settings, connection, within);
			if (request.isHandshake() && !Boolean.TRUE.equals(connection.facts().get("h2.connect-protocol"))) {
				throw new IOException("HTTP/2 without extended CONNECT (RFC 8441)");
			}
			Answer received = exchange(channel, request, within).on(connection);
			open = received.opens() && request.isHandshake();
			return received;
		}
		catch (IOException ex) {
			throw new ConnectionException(String.valueOf(ex.getMessage()), connection.facts(), ex);
		}
		finally {
			if (!open) {
				channel.close();
			}
		}
	}

	/**
	 * The same, whose response is told as it comes.
	 * @param transfer is told
	 * @param message the request
	 * @param within how long it may take until it is sent, once connected
	 */
	void transfer(Transfer transfer, HttpObject message, Duration within)
			throws ConnectionException, InterruptedException {
		CompletableFuture<Http2Settings> settings = new CompletableFuture<>();
		Connection connection = this.connector.connect((pipeline) -> initialize(pipeline, settings));
		Channel channel = connection.channel();
		try {
			settings(settings, connection, within);
		}
		catch (IOException ex) {
			channel.close();
			throw new ConnectionException(String.valueOf(ex.getMessage()), connection.facts(), ex);
		}
		transfer.start(stream(channel, new ChannelInitializer<>() {
			@Override
			protected void initChannel(Channel stream) {
				stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false));
				TransferHandler.addTo(stream.pipeline(), transfer, 2);
			}
		}), message);
	}

	private void initialize(ChannelPipeline pipeline, CompletableFuture<Http2Settings> settings) {
		if (!this.connector.route().target().isTls()) {
			addCodec(pipeline, settings);
			return;
		}
		pipeline.addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
			@Override
			protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
				if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
					addCodec(ctx.pipeline(), settings);
				}
				else {
					settings.completeExceptionally(new IOException("no HTTP/2 (ALPN)"));
				}
			}
		});
	}

	private static void addCodec(ChannelPipeline pipeline, CompletableFuture<Http2Settings> settings) {
		pipeline.addLast(
				Http2FrameCodecBuilder.forClient()
					.initialSettings(Http2Settings.defaultSettings().initialWindowSize(WINDOW))
					.build(),
				new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
				new Http2SettingsHandler(settings, WINDOW));
	}

	private static void settings(CompletableFuture<Http2Settings> settings, Connection connection, Duration within)
			throws IOException, InterruptedException {
		connection.facts().put("h2.spoken", false);
		Http2Settings told = Completion.await(settings, within);
		connection.facts().put("h2.spoken", true);
		connection.facts().put("h2.connect-protocol", Boolean.TRUE.equals(told.connectProtocolEnabled()));
	}

	private Answer exchange(Channel channel, Request request, Duration within)
			throws IOException, InterruptedException {
		IncomingAnswer answer = new IncomingAnswer(2);
		boolean handshake = request.isHandshake();
		Channel stream = stream(channel, new Http2ResponseHandler(answer, handshake ? this.session : null));
		stream.writeAndFlush(
				new DefaultHttp2HeadersFrame(request.http2(this.connector.route().target().httpScheme()), !handshake));
		return answer.await(within);
	}

	/** The only stream of a connection, which ends with it. */
	private static Channel stream(Channel channel, ChannelHandler handler) {
		Http2StreamChannel stream = new Http2StreamChannelBootstrap(channel).handler(handler)
			.open()
			.syncUninterruptibly()
			.getNow();
		stream.closeFuture().addListener((closed) -> channel.close());
		return stream;
	}

}
