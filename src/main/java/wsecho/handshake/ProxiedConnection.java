package wsecho.handshake;

import java.net.InetSocketAddress;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** Which connections come through a proxy that names its client (PROXY protocol). */
public final class ProxiedConnection {

	private static final AttributeKey<Boolean> KEY = AttributeKey.valueOf(ProxiedConnection.class, "proxied");

	private ProxiedConnection() {
	}

	/** The connection's first bytes have named the client. */
	public static void mark(Channel connection) {
		connection.attr(KEY).set(true);
	}

	/** The address of the proxy; null if the connection has not named its client. */
	static @Nullable InetSocketAddress proxy(Channel connection) {
		return Boolean.TRUE.equals(connection.attr(KEY).get()) ? (InetSocketAddress) connection.remoteAddress() : null;
	}

}
