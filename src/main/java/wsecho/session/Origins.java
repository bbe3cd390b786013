package wsecho.session;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.handshake.HandshakeRefusal;

/**
 * The origins whose pages may connect (RFC 6455, 10.2; RFC 6454). What has no origin of
 * its own, a file or a sandboxed frame, says {@code null}, and is among them only if that
 * is listed.
 */
final class Origins {

	private static final String ALL = "*";

	private final Set<String> allowed;

	/**
	 * Reads them.
	 * @param allowed each as a browser says it, or {@code *}
	 */
	Origins(List<String> allowed) {
		this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
	}

	void require(ServerHttpRequest request) {
		List<String> origins = request.getHeaders().getOrEmpty("Origin");
		if (this.allowed.contains(ALL) || origins.isEmpty()) {
			return;
		}
		if (origins.size() != 1 || !this.allowed.contains(normal(origins.get(0).strip()))) {
			throw HandshakeRefusal
				.forbidden("Origin is \"" + String.join("\", \"", origins) + "\", which may not connect here.");
		}
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
