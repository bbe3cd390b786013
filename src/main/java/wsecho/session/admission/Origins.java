package wsecho.session.admission;

import java.util.List;
import java.util.Locale;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import wsecho.handshake.HandshakeRefusal;

/**
 * The origins whose pages may connect (RFC 6455, 10.2; RFC 6454). What has no origin of
 * its own, a file or a sandboxed frame, says {@code null}, and is among them only if that
 * is listed.
 */
final class Origins {

	private static final String HOST = "([A-Za-z0-9*_-]+(\\.[A-Za-z0-9*_-]+)*|\\[[0-9A-Fa-f:.]+])";

	private static final String PORT = "([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]|"
			+ "\\[\\*])";

	/**
	 * What can match an origin as a browser writes it (RFC 6454, 6.2), whose host is in
	 * ASCII.
	 */
	static final String PATTERN = "\\*|null|[A-Za-z][A-Za-z0-9+.-]*://" + HOST + "(:" + PORT + ")?";

	private final CorsConfiguration allowed = new CorsConfiguration();

	/**
	 * Reads them.
	 * @param patterns each as a browser says it, with * for any part of the host
	 */
	Origins(List<String> patterns) {
		this.allowed.setAllowedOriginPatterns(patterns.stream().map(Origins::normal).toList());
	}

	void require(ServerHttpRequest request) {
		List<String> origins = request.getHeaders().getOrEmpty("Origin");
		if (!origins.isEmpty() && (origins.size() > 1 || !isAllowed(origins.get(0)))) {
			throw HandshakeRefusal
				.forbidden("Origin is \"" + String.join("\", \"", origins) + "\", which may not connect here.");
		}
	}

	boolean isAllowed(String origin) {
		return this.allowed.checkOrigin(normal(origin.strip())) != null;
	}

	// scheme and host have no case, and a scheme's own port need not be said
	private static String normal(String origin) {
		String lower = origin.toLowerCase(Locale.ROOT);
		if (lower.startsWith("http://") && lower.endsWith(":80")) {
			return lower.substring(0, lower.length() - ":80".length());
		}
		if (lower.startsWith("https://") && lower.endsWith(":443")) {
			return lower.substring(0, lower.length() - ":443".length());
		}
		return lower;
	}

}
