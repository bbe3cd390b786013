package wsecho.check.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLSession;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsecho.check.table.Facts;

/**
 * Makes connections on a route: TCP, the proxy's tunnel, TLS.
 *
 * @param group runs them
 * @param route the route
 */
record Connector(EventLoopGroup group, Route route) {

	/**
	 * Makes a connection.
	 * @param protocol adds what speaks on it
	 * @throws ConnectionException if it is not made, with why
	 */
	Connection connect(Consumer<ChannelPipeline> protocol) throws ConnectionException, InterruptedException {
		Facts facts = new Facts().put("connect.host", this.route.target().host());
		facts.put("connect.port", this.route.target().port()).put("proxy.address", text(this.route.proxy()));
		long start = System.nanoTime();
		Channel channel = connected(protocol, facts);
		try {
			ProxyHandler proxy = channel.pipeline().get(ProxyHandler.class);
			if (proxy != null) {
				await(proxy.connectFuture(), facts);
			}
			SslHandler tls = channel.pipeline().get(SslHandler.class);
			if (tls != null) {
				awaitTls(tls, facts);
			}
		}
		catch (ConnectionException ex) {
			channel.close();
			throw ex;
		}
		facts.put("connect.ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		return new Connection(channel, facts);
	}

	private static @Nullable String text(@Nullable ViaProxy proxy) {
		return (proxy != null) ? proxy.toString() : null;
	}

	private Channel connected(Consumer<ChannelPipeline> protocol, Facts facts)
			throws ConnectionException, InterruptedException {
		try {
			SslHandler tls = this.route.target().isTls()
					? this.route.trust().handler(ByteBufAllocator.DEFAULT, this.route, facts) : null;
			ProxyHandler proxy = (this.route.proxy() != null) ? handler(this.route.proxy()) : null;
			SocketAddress to = (proxy != null)
					? InetSocketAddress.createUnresolved(this.route.target().host(), this.route.target().port())
					: direct(facts);
			ChannelFuture connected = bootstrap(proxy, tls, protocol).connect(to);
			return await(connected, facts).channel();
		}
		catch (ConnectionException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw failed(ConnectFailure.of(ex), ex, facts);
		}
	}

	private InetSocketAddress direct(Facts facts) throws IOException {
		InetAddress to = this.route.addresses().get(0);
		facts.put("connect.address", to.getHostAddress());
		return new InetSocketAddress(to, this.route.target().port());
	}

	private ProxyHandler handler(ViaProxy proxy) throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port());
		ProxyHandler handler = (proxy.credentials() != null)
				? new HttpProxyHandler(address, proxy.user(), proxy.password()) : new HttpProxyHandler(address);
		handler.setConnectTimeoutMillis(this.route.timeout().toMillis());
		return handler;
	}

	private Bootstrap bootstrap(@Nullable ProxyHandler proxy, @Nullable SslHandler tls,
			Consumer<ChannelPipeline> protocol) {
		return new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.resolver(NoopAddressResolverGroup.INSTANCE)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.route.timeout().toMillis())
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					if (proxy != null) {
						channel.pipeline().addLast(proxy);
					}
					if (tls != null) {
						channel.pipeline().addLast(tls);
					}
					protocol.accept(channel.pipeline());
				}
			});
	}

	private static <F extends Future<?>> F await(F future, Facts facts)
			throws ConnectionException, InterruptedException {
		future.await();
		if (!future.isSuccess()) {
			throw failed(ConnectFailure.of(future.cause()), future.cause(), facts);
		}
		return future;
	}

	private static void awaitTls(SslHandler tls, Facts facts) throws ConnectionException, InterruptedException {
		Future<Channel> handshake = tls.handshakeFuture().await();
		if (!handshake.isSuccess()) {
			throw failed(ConnectFailure.ofTls(handshake.cause()), handshake.cause(), facts);
		}
		SSLSession session = tls.engine().getSession();
		facts.put("tls.protocol", session.getProtocol()).put("tls.alpn", tls.applicationProtocol());
	}

	private static ConnectionException failed(ConnectFailure failure, Throwable cause, Facts facts) {
		String detail = Reason.of(cause);
		facts.put("connect.failure", failure.getText()).put("connect.detail", detail);
		if (failure == ConnectFailure.PROXY) {
			facts.put("proxy.status", Reason.proxyStatus(cause));
		}
		return new ConnectionException(detail, facts, cause);
	}

}
