package wsecho.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.server.ServerWebExchange;

/**
 * What Spring's handlers know of the request while the session is open. Its fields are
 * kept as they came: maps of them, and of cookies all the more, take many times the
 * memory, and few handlers ask for them.
 */
final class RequestInfo extends HandshakeInfo {

	private static final MultiValueMap<String, HttpCookie> NOT_PARSED = CollectionUtils.toMultiValueMap(Map.of());

	/** Names and values by turns. */
	private final String[] fields;

	private RequestInfo(ServerWebExchange exchange, String[] fields, @Nullable String subprotocol,
			Map<String, Object> attributes) {
		super(exchange.getRequest().getURI(), HttpHeaders.EMPTY, NOT_PARSED, exchange.getPrincipal(), subprotocol,
				exchange.getRequest().getRemoteAddress(), attributes, exchange.getLogPrefix());
		this.fields = fields;
	}

	/**
	 * Copies what is lost when the request is upgraded.
	 * @param exchange the request
	 * @param headers its fields
	 * @param subprotocol the one that is selected, or null
	 * @param extension the one that is accepted, or null
	 */
	static HandshakeInfo of(ServerWebExchange exchange, io.netty.handler.codec.http.HttpHeaders headers,
			@Nullable String subprotocol, @Nullable AcceptedExtension extension) {
		List<String> fields = new ArrayList<>(2 * headers.size());
		headers.forEach((field) -> {
			fields.add(field.getKey());
			fields.add(field.getValue());
		});
		return new RequestInfo(exchange, fields.toArray(String[]::new), subprotocol,
				(extension != null) ? Map.of(OpeningHandshake.EXTENSIONS, extension.response()) : Map.of());
	}

	/** The header fields of the request; a new map at each call. */
	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < this.fields.length; i += 2) {
			headers.add(this.fields[i], this.fields[i + 1]);
		}
		return headers;
	}

	/** The cookies of the request; a new map at each call. */
	@Override
	public MultiValueMap<String, HttpCookie> getCookies() {
		MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
		for (String line : getHeaders().getOrEmpty(HttpHeaders.COOKIE)) {
			ServerCookieDecoder.STRICT.decodeAll(line)
				.forEach((cookie) -> cookies.add(cookie.name(), new HttpCookie(cookie.name(), cookie.value())));
		}
		return cookies;
	}

}
