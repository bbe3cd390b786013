package wsecho.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;

/**
 * Takes the upgrade from HTTP/1.1 to HTTP/2 out of a connection, which RFC 9113 (3.1) has
 * given up: its handler gathers each request that has an Upgrade field whole, adds a
 * header field to it, and turns autoRead on after it. HTTP/2 with prior knowledge is
 * recognized before.
 */
final class NoUpgradeToHttp2 extends ChannelInboundHandlerAdapter {

	static void install(Channel channel) {
		ChannelHandlerContext upgrade = channel.pipeline().context(HttpServerUpgradeHandler.class);
		if (upgrade != null) {
			channel.pipeline().addBefore(upgrade.name(), null, new NoUpgradeToHttp2());
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		// else it has gone already
		if (message instanceof HttpRequest) {
			context.pipeline().remove(HttpServerUpgradeHandler.class);
		}
		context.pipeline().remove(this);
		context.fireChannelRead(message);
	}

}
