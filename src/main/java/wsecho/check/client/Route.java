package wsecho.check.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map.Entry;

import io.netty.channel.socket.SocketProtocolFamily;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param target the server
 * @param pins addresses that are taken in place of those that the name has
 * @param family IPv4 or IPv6 alone, or null
 * @param proxy the HTTP proxy on the way, or null
 * @param trust which certificates are trusted
 * @param fields header fields of each request
 * @param timeout how long a connection may take to be made
 * @param http2 whether HTTP/2 is spoken, and not HTTP/1.1
 */
public record Route(Target target, List<Pin> pins, @Nullable SocketProtocolFamily family, @Nullable ViaProxy proxy,
		Trust trust, List<Entry<String, String>> fields, Duration timeout, boolean http2) {

	public static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** The way that is taken without options. */
	public static Route to(Target target) {
		return new Route(target, List.of(), null, null, Trust.usual(), List.of(), TIMEOUT, false);
	}

	public Route overHttp2() {
		return new Route(this.target, this.pins, this.family, this.proxy, this.trust, this.fields, this.timeout, true);
	}

	/** To one address of the server's. */
	public Route at(InetAddress address) {
		return new Route(this.target, List.of(new Pin(this.target.host(), this.target.port(), address)), null,
				this.proxy, this.trust, this.fields, this.timeout, this.http2);
	}

	/**
	 * The server's addresses, in the resolver's order.
	 * @throws UnknownHostException if there is none
	 */
	public List<InetAddress> addresses() throws UnknownHostException {
		List<InetAddress> pinned = this.pins.stream().filter((pin) -> pin.isOf(this.target)).map(Pin::address).toList();
		List<InetAddress> all = pinned.isEmpty() ? List.of(InetAddress.getAllByName(this.target.host())) : pinned;
		List<InetAddress> some = all.stream().filter(this::isOfFamily).toList();
		if (some.isEmpty()) {
			throw new UnknownHostException(this.target.host());
		}
		return some;
	}

	@Override
	public String toString() {
		return this.target + ((this.proxy != null) ? " through the proxy " + this.proxy : "")
				+ (this.http2 ? " over HTTP/2" : "");
	}

	private boolean isOfFamily(InetAddress address) {
		return this.family == null || (address instanceof Inet6Address) == (this.family == SocketProtocolFamily.INET6);
	}

}
