package wsecho.check.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;

/** Waits for the server's first SETTINGS, which tell whether it speaks HTTP/2 at all. */
final class Http2SettingsHandler extends ChannelInboundHandlerAdapter {

	private final CompletableFuture<Http2Settings> settings;

	private final int window;

	/**
	 * Waits.
	 * @param settings is completed with them
	 * @param window how much more the server may then send on all streams
	 */
	Http2SettingsHandler(CompletableFuture<Http2Settings> settings, int window) {
		this.settings = settings;
		this.window = window;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) throws Http2Exception {
		if (msg instanceof Http2SettingsFrame frame && this.settings.complete(frame.settings())) {
			Http2Connection connection = ctx.pipeline().get(Http2FrameCodec.class).connection();
			connection.local().flowController().incrementWindowSize(connection.connectionStream(), this.window);
			ctx.flush();
		}
		ReferenceCountUtil.release(msg);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.settings.completeExceptionally(new IOException("no HTTP/2"));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.settings.completeExceptionally(new IOException("no HTTP/2"));
		ctx.close();
	}

}
