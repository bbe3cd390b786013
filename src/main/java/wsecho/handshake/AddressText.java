package wsecho.handshake;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.util.NetUtil;

/** Addresses as a URI has them: {@code 192.0.2.7:80}, {@code [2001:db8::1]:80}. */
public final class AddressText {

	private AddressText() {
	}

	/**
	 * Writes an address and its port (RFC 3986, 3.2.2; RFC 5952).
	 * @param address an address that is resolved
	 */
	public static String of(InetSocketAddress address) {
		return NetUtil.toSocketAddressString(address);
	}

	/**
	 * Writes an address alone (RFC 5952).
	 * @param address any address
	 */
	public static String of(InetAddress address) {
		return NetUtil.toAddressString(address);
	}

}
