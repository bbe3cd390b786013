package wsecho.check;

import java.io.File;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes connections to the server, each for one request or one session. */
final class Client implements AutoCloseable {

	static final String NAME = "wsecho-check";

	private static final Duration CONNECT = Duration.ofSeconds(10);

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Target target;

	private final @Nullable SslContext tls;

	private final boolean insecure;

	/**
	 * A client of one server.
	 * @param target the server
	 * @param authorities a file of certificates to trust instead of the JDK's, or null
	 * @param insecure whether any certificate is trusted
	 * @throws SSLException if the file cannot be read
	 */
	Client(Target target, @Nullable File authorities, boolean insecure) throws SSLException {
		this.target = target;
		this.insecure = insecure;
		this.tls = target.isTls() ? tls(authorities, insecure) : null;
	}

	private static SslContext tls(@Nullable File authorities, boolean insecure) throws SSLException {
		SslContextBuilder builder = SslContextBuilder.forClient();
		if (insecure) {
			builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
		}
		else if (authorities != null) {
			builder.trustManager(authorities);
		}
		return builder.build();
	}

	static Entry<String, String> field(String name, String value) {
		return Map.entry(name, value);
	}

	Target target() {
		return this.target;
	}

	/**
	 * Sends a request on a connection of its own, and waits for the response.
	 * @param request the request
	 * @param session what a 101 opens, or null
	 * @param within how long it may take once connected
	 * @return the response
	 * @throws IOException if there is none, with why
	 */
	Answer exchange(Request request, @Nullable Session session, Duration within)
			throws IOException, InterruptedException {
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		Channel channel = connect(new ResponseHandler(answer, session));
		boolean open = false;
		try {
			channel.writeAndFlush(request.message());
			Answer received = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
			open = received.status() == 101 && session != null;
			return received;
		}
		catch (TimeoutException ex) {
			throw new IOException("no answer", ex);
		}
		catch (ExecutionException ex) {
			throw new IOException(reason(ex.getCause()), ex);
		}
		finally {
			if (!open) {
				channel.close();
			}
		}
	}

	/**
	 * Connects and ends the connection again.
	 * @throws IOException if that fails, with why
	 */
	void probe() throws IOException, InterruptedException {
		connect(null).close();
	}

	private Channel connect(@Nullable ResponseHandler handler) throws IOException, InterruptedException {
		Bootstrap bootstrap = new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					initialize(channel, handler);
				}
			});
		ChannelFuture connected = bootstrap.connect(this.target.host(), this.target.port()).await();
		if (!connected.isSuccess()) {
			throw new IOException(reason(connected.cause()), connected.cause());
		}
		Channel channel = connected.channel();
		SslHandler secured = channel.pipeline().get(SslHandler.class);
		if (secured != null && !secured.handshakeFuture().await().isSuccess()) {
			channel.close();
			throw new IOException("TLS: " + reason(secured.handshakeFuture().cause()));
		}
		return channel;
	}

	private void initialize(Channel channel, @Nullable ResponseHandler handler) {
		if (this.tls != null) {
			SslHandler secured = this.tls.newHandler(channel.alloc(), this.target.host(), this.target.port());
			if (!this.insecure) {
				SSLParameters parameters = secured.engine().getSSLParameters();
				parameters.setEndpointIdentificationAlgorithm("HTTPS");
				secured.engine().setSSLParameters(parameters);
			}
			channel.pipeline().addLast(secured);
		}
		if (handler != null) {
			channel.pipeline().addLast(new HttpClientCodec(), handler);
		}
	}

	/** Why something failed, with the address left out that Netty adds. */
	private static String reason(@Nullable Throwable cause) {
		Throwable root = (cause != null) ? cause : new IOException("unknown");
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		String message = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return (root instanceof UnknownHostException) ? "no address is known for " + message : message;
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
