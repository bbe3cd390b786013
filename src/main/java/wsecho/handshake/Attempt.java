package wsecho.handshake;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * How a client calls an attempt at a handshake, so that it can ask what became of it: of
 * one that fails a browser tells nothing.
 */
public final class Attempt {

	/** The parameter of the query that names it. */
	public static final String PARAMETER = "attempt";

	/** What a name is, as what follows "it must be". */
	public static final String ACCEPTS = "22 to 64 characters of A-Z a-z 0-9 - _";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{22,64}");

	private static final String PROBLEM = Attempt.class.getName() + ".problem";

	private Attempt() {
	}

	public static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	/**
	 * Finds the attempt that a request belongs to.
	 * @param request any request
	 * @return its name; null without one that is valid
	 */
	public static @Nullable String of(ServerHttpRequest request) {
		String query = request.getURI().getRawQuery();
		if (query == null || !query.contains(PARAMETER)) {
			return null;
		}
		String name = request.getQueryParams().getFirst(PARAMETER);
		return (name != null && isName(name)) ? name : null;
	}

	/** Keeps what a client is told that is refused. */
	public static void refused(ServerWebExchange exchange, @Nullable String detail) {
		if (detail != null) {
			exchange.getAttributes().put(PROBLEM, detail);
		}
	}

	/** What the client was told, or null if it was not refused with a problem. */
	public static @Nullable String problem(ServerWebExchange exchange) {
		return exchange.getAttribute(PROBLEM);
	}

}
