package wsecho.handshake;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.server.ServerWebExchange;

/** Copies of a request what Spring's handlers know of it while the session is open. */
final class RequestInfo {

	private static final MultiValueMap<String, HttpCookie> NO_COOKIES = CollectionUtils
		.unmodifiableMultiValueMap(new LinkedMultiValueMap<>(0));

	private RequestInfo() {
	}

	// the request's own headers are cleared when it is upgraded; copied as Netty's they
	// keep their hashes, and no lists are copied
	static HandshakeInfo of(ServerWebExchange exchange, io.netty.handler.codec.http.HttpHeaders headers,
			@Nullable String subprotocol, @Nullable AcceptedExtension extension) {
		ServerHttpRequest request = exchange.getRequest();
		return new HandshakeInfo(request.getURI(), new HttpHeaders(new Netty4HeadersAdapter(headers.copy())),
				cookies(request), exchange.getPrincipal(), subprotocol, request.getRemoteAddress(),
				(extension != null) ? Map.of(OpeningHandshake.EXTENSIONS, extension.response()) : Map.of(),
				exchange.getLogPrefix());
	}

	// not by the request: Reactor Netty keeps what it parses for as long as the
	// connection
	private static MultiValueMap<String, HttpCookie> cookies(ServerHttpRequest request) {
		List<String> lines = request.getHeaders().getOrEmpty(HttpHeaders.COOKIE);
		if (lines.isEmpty()) {
			return NO_COOKIES;
		}
		MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
		for (String line : lines) {
			ServerCookieDecoder.STRICT.decodeAll(line)
				.forEach((cookie) -> cookies.add(cookie.name(), new HttpCookie(cookie.name(), cookie.value())));
		}
		return CollectionUtils.unmodifiableMultiValueMap(cookies);
	}

}
