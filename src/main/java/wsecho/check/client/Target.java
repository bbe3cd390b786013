package wsecho.check.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The server to be checked.
 *
 * @param scheme ws or wss
 * @param host its host, an IPv6 address without brackets
 * @param port its port
 * @param authority as Host tells it
 * @param base the path that all paths begin with, with a slash at its end
 */
public record Target(String scheme, String host, int port, String authority, String base) {

	private static final int MAX_PORT = 65_535;

	/**
	 * Reads a URL.
	 * @throws IllegalArgumentException if it is none of a WebSocket server, with what is
	 * wrong
	 */
	public static Target of(String url) {
		URI uri = parse(url);
		String scheme = scheme(uri);
		if (uri.getHost() == null || uri.getPort() > MAX_PORT || uri.getPort() == 0) {
			throw new IllegalArgumentException("it has no host, or a port that is not from 1 to 65535");
		}
		if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new IllegalArgumentException("it must be scheme, host, port and path alone");
		}
		int usual = scheme.equals("wss") ? 443 : 80;
		int port = (uri.getPort() < 0) ? usual : uri.getPort();
		String host = uri.getHost().replaceAll("[\\[\\]]", "");
		return new Target(scheme, host, port, (port == usual) ? uri.getHost() : uri.getHost() + ":" + port, base(uri));
	}

	private static URI parse(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("it is no URL: " + ex.getReason(), ex);
		}
	}

	private static String scheme(URI uri) {
		return switch (String.valueOf(uri.getScheme())) {
			case "ws", "http" -> "ws";
			case "wss", "https" -> "wss";
			default -> throw new IllegalArgumentException("it must begin with ws:// or wss://");
		};
	}

	private static String base(URI uri) {
		String path = uri.getRawPath();
		return path.endsWith("/") ? path : path + "/";
	}

	boolean isTls() {
		return this.scheme.equals("wss");
	}

	/** The scheme of pages that would connect to it. */
	public String httpScheme() {
		return isTls() ? "https" : "http";
	}

	String origin() {
		return httpScheme() + "://" + this.authority;
	}

	@Override
	public String toString() {
		return this.scheme + "://" + this.authority + this.base;
	}

}
