package wsecho.check.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that is asked for a tunnel (CONNECT; RFC 9110, 9.3.6). Its text has no
 * credentials.
 *
 * @param host its host
 * @param port its port
 * @param credentials user and password, parted by a colon, or null
 */
public record ViaProxy(String host, int port, @Nullable String credentials) {

	/** What goes there in place of a URL to use none. */
	public static final String NONE = "none";

	private static final int PORT = 3128;

	/**
	 * Reads the URL of a proxy, or its host and port.
	 * @throws IllegalArgumentException if it is none, with what is accepted
	 */
	public static ViaProxy of(String text) {
		URI uri = parse(text.contains("://") ? text : "http://" + text);
		if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
			throw new IllegalArgumentException(
					"it is not " + NONE + ", or http://HOST:PORT of a proxy that takes CONNECT");
		}
		String user = uri.getRawUserInfo();
		return new ViaProxy(uri.getHost().replaceAll("[\\[\\]]", ""), (uri.getPort() < 0) ? PORT : uri.getPort(),
				(user != null) ? URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8) : null);
	}

	// the reason of a URISyntaxException has no part of the URL, its message has all
	private static URI parse(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("it is no URL: " + ex.getReason());
		}
	}

	/**
	 * The proxy that the environment names for a server, in the way of curl.
	 * @param target the server
	 * @param environment the environment
	 * @return the proxy, or null
	 * @throws IllegalArgumentException if it is none that can be used, with the name of
	 * the variable
	 */
	public static @Nullable ViaProxy of(Target target, Map<String, String> environment) {
		String exempt = first(environment, "no_proxy", "NO_PROXY");
		if (exempt != null && new NoProxy(exempt).isFor(target)) {
			return null;
		}
		String own = target.isTls() ? "https_proxy" : "http_proxy";
		for (String name : List.of(own, own.toUpperCase(java.util.Locale.ROOT), "all_proxy", "ALL_PROXY")) {
			String value = environment.getOrDefault(name, "");
			if (!value.isEmpty()) {
				return of(name, value);
			}
		}
		return null;
	}

	private static ViaProxy of(String variable, String value) {
		try {
			return of(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(variable + ": " + ex.getMessage() + "; --proxy goes before it", ex);
		}
	}

	private static @Nullable String first(Map<String, String> environment, String... names) {
		for (String name : names) {
			if (environment.containsKey(name)) {
				return environment.get(name);
			}
		}
		return null;
	}

	String user() {
		return (this.credentials != null) ? this.credentials.split(":", 2)[0] : "";
	}

	String password() {
		return (this.credentials != null && this.credentials.contains(":")) ? this.credentials.split(":", 2)[1] : "";
	}

	@Override
	public String toString() {
		return "http://" + (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
