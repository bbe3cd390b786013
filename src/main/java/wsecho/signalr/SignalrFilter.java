package wsecho.signalr;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionAdmission;

/**
 * Lets the pages that may connect read the hub's answers, whatever they are (Fetch
 * Standard, CORS protocol), and says which instance answers. The browser's client sends
 * credentials and fields of its own, so that it asks before, and takes no wildcard.
 *
 * @param admission knows which pages may connect
 * @param pod the name of the host
 */
record SignalrFilter(SessionAdmission admission, String pod) implements WebFilter, Ordered {

	static final String POD = "X-Pod";

	private static final String EXPOSED = "X-Session-Id, X-Ignored-Parameters, " + POD + ", " + SignalrRefusal.TOKEN
			+ ", " + SignalrRefusal.NEGOTIATED_BY + ", Retry-After";

	private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1000}");

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getPath().value();
		if (!path.equals(SignalrConfiguration.PATH) && !path.equals(SignalrConfiguration.NEGOTIATE)) {
			return chain.filter(exchange);
		}
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set(POD, this.pod);
		headers.setVary(List.of(HttpHeaders.ORIGIN));
		String origin = origin(request);
		if (origin != null) {
			headers.setAccessControlAllowOrigin(origin);
			headers.setAccessControlAllowCredentials(true);
			expose(headers);
		}
		return isPreflight(request) ? preflight(exchange.getResponse(), request, origin) : chain.filter(exchange);
	}

	/** Lets a page that may read an answer read the fields that are the hub's own. */
	static void expose(HttpHeaders headers) {
		if (headers.getAccessControlAllowOrigin() != null) {
			headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
	}

	private @Nullable String origin(ServerHttpRequest request) {
		List<String> origins = request.getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
		return (origins.size() == 1 && this.admission.isAllowed(origins.get(0))) ? origins.get(0) : null;
	}

	private static boolean isPreflight(ServerHttpRequest request) {
		return request.getMethod().equals(HttpMethod.OPTIONS)
				&& request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
	}

	// which fields its user adds is the client's own business
	private static Mono<Void> preflight(ServerHttpResponse response, ServerHttpRequest request,
			@Nullable String origin) {
		response.setStatusCode((origin != null) ? HttpStatus.NO_CONTENT : HttpStatus.FORBIDDEN);
		HttpHeaders headers = response.getHeaders();
		headers.setVary(List.of(HttpHeaders.ORIGIN, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS));
		if (origin != null) {
			headers.setAccessControlAllowMethods(List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE));
			headers.setAccessControlMaxAge(600);
			String names = request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
			if (names != null && NAMES.matcher(names).matches()) {
				headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, names);
			}
		}
		return response.setComplete();
	}

}
