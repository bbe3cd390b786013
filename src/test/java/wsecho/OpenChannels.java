package wsecho;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** The connections that are open at the server, and the streams in them. */
class OpenChannels implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(
				(server) -> server.doOnChannelInit((observer, channel, address) -> this.channels.add(channel))
					.doOnConnection((connection) -> this.channels.add(connection.channel())));
	}

	int count() {
		return this.channels.size();
	}

}
