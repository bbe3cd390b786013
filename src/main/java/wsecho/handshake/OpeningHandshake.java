package wsecho.handshake;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import wsecho.websocket.deflate.Compression;

/** What a client asks for in a valid opening handshake (RFC 6455, 4.2.1). */
public final class OpeningHandshake {

	static final String VERSION = "Sec-WebSocket-Version";

	static final String RFC_6455 = "13";

	private static final String KEY = "Sec-WebSocket-Key";

	private static final String PROTOCOL = "Sec-WebSocket-Protocol";

	/**
	 * The field in which extensions are offered, and an attribute of a session that has
	 * one.
	 */
	public static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private static final String EVERY_FIELD = "sec-websocket-";

	// 16 bytes in base64
	private static final int KEY_DIGITS = 22;

	private static final String KEY_END = "==";

	// RFC 9110, 5.6.2
	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private final ServerWebExchange exchange;

	private final HttpServerRequest request;

	private final List<String> subprotocols;

	private OpeningHandshake(ServerWebExchange exchange, HttpServerRequest request) {
		this.exchange = exchange;
		this.request = request;
		this.subprotocols = offeredSubprotocols(exchange.getRequest().getHeaders());
	}

	/**
	 * Reads the handshake of a request.
	 * @param exchange the request, and the response to come
	 * @return what it asks for
	 * @throws HandshakeRefusal if it is not a valid handshake: 404 without a sign of one,
	 * 405 with another method, 426 where something that makes it one is missing, 400 for
	 * a field with a bad value
	 */
	static OpeningHandshake of(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		HttpServerRequest nativeRequest = ServerHttpRequestDecorator.getNativeRequest(request);
		HttpVersion version = nativeRequest.version();
		HttpHeaders headers = request.getHeaders();
		boolean http2 = version.majorVersion() == 2;
		// RFC 8441, 5: HTTP/2 has neither Upgrade nor Connection nor a key
		if (http2 && request.getMethod().matches("CONNECT")) {
			requireVersion(headers, HandshakeRefusal::unsupportedVersion);
		}
		else {
			requireGet(request);
			requireSign(request);
			if (http2) {
				throw HandshakeRefusal.badRequest("Over HTTP/2 a WebSocket is opened by a CONNECT request with "
						+ ":protocol websocket (RFC 8441), and this is a GET. If the client sent it over HTTP/1.1, "
						+ "something on the way has passed it on over HTTP/2, and has to be told to keep to HTTP/1.1.");
			}
			requireUpgrade(headers, version);
			requireVersion(headers, HandshakeRefusal::upgradeRequired);
			requireKey(headers);
		}
		return new OpeningHandshake(exchange, nativeRequest);
	}

	/** Whether a request is meant to become a session, well or badly. */
	public static boolean isAttempted(@Nullable ServerHttpRequest request) {
		return request != null
				&& (request.getMethod().matches("CONNECT") || request.getHeaders().containsHeader(HttpHeaders.UPGRADE));
	}

	/** The subprotocols that the client offers, in its order of preference. */
	public List<String> subprotocols() {
		return this.subprotocols;
	}

	/** The extensions that the client offers, each with its parameters. */
	public List<String> extensions() {
		return elements(this.exchange.getRequest().getHeaders(), EXTENSIONS);
	}

	/** The parameters of the query, decoded. */
	public MultiValueMap<String, String> query() {
		return this.exchange.getRequest().getQueryParams();
	}

	/**
	 * What stands in the path for a variable of its pattern.
	 * @param name of the variable, which the pattern must have
	 */
	public String pathVariable(String name) {
		Map<String, String> variables = this.exchange
			.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return Objects.requireNonNull(variables.get(name));
	}

	/** The version of HTTP that it came in: 1.1 or 2. */
	String httpVersion() {
		return (this.request.version().majorVersion() == 2) ? "2" : "1.1";
	}

	/** What reached the server. */
	public ReceivedRequest arrival() {
		return ReceivedRequest.of(this.request);
	}

	/** What the client is granted of the compression it offers, or null. */
	@Nullable Compression compression() {
		return Compression.accept(extensions()).orElse(null);
	}

	Channel channel() {
		return ((Connection) this.request).channel();
	}

	HttpServerRequest request() {
		return this.request;
	}

	private static void requireGet(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
			throw HandshakeRefusal.methodNotAllowed("A WebSocket handshake is a GET request, not " + method + ".");
		}
	}

	private static void requireSign(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (!namesWebSocket(headers) && headers.headerNames().stream().noneMatch(OpeningHandshake::isOurs)) {
			throw HandshakeRefusal.notFound("This address speaks WebSocket, and the request has no sign of a WebSocket "
					+ "handshake. Connect a WebSocket client to " + webSocketAddress(request.getURI()) + ".");
		}
	}

	private static void requireUpgrade(HttpHeaders headers, HttpVersion version) {
		if (version.equals(HttpVersion.HTTP_1_0)) {
			throw HandshakeRefusal.upgradeRequired("A WebSocket handshake needs HTTP/1.1, and this request is older.");
		}
		if (!namesWebSocket(headers)) {
			throw stripped(HttpHeaders.UPGRADE, "websocket", headers);
		}
		if (!names(headers, HttpHeaders.CONNECTION, "upgrade")) {
			throw stripped(HttpHeaders.CONNECTION, "Upgrade", headers);
		}
	}

	private static void requireVersion(HttpHeaders headers, Function<String, HandshakeRefusal> refusal) {
		List<String> versions = headers.getOrEmpty(VERSION);
		if (versions.size() != 1 || !versions.get(0).strip().equals(RFC_6455)) {
			throw refusal
				.apply(field(VERSION, headers) + "; it must be " + RFC_6455 + ", which is RFC 6455's, and stand once.");
		}
	}

	private static void requireKey(HttpHeaders headers) {
		List<String> keys = headers.getOrEmpty(KEY);
		if (keys.size() != 1 || !isKey(keys.get(0).strip())) {
			throw HandshakeRefusal
				.badRequest(field(KEY, headers) + "; it must be 16 bytes in base64 (24 characters), and stand once.");
		}
	}

	private static List<String> offeredSubprotocols(HttpHeaders headers) {
		List<String> offered = elements(headers, PROTOCOL);
		if (offered.isEmpty()) {
			return offered;
		}
		if (!offered.stream().allMatch((each) -> TOKEN.matcher(each).matches())) {
			throw HandshakeRefusal.badRequest(
					field(PROTOCOL, headers) + "; it must be a list of tokens (RFC 9110, 5.6.2), separated by commas.");
		}
		if (new HashSet<>(offered).size() != offered.size()) {
			throw HandshakeRefusal.badRequest(field(PROTOCOL, headers) + "; no subprotocol may be offered twice.");
		}
		return offered;
	}

	private static HandshakeRefusal stripped(String name, String value, HttpHeaders headers) {
		return HandshakeRefusal.upgradeRequired(field(name, headers) + "; it must name \"" + value
				+ "\". If the client sent it, something on the way has removed it: it is hop-by-hop, and a proxy "
				+ "has to be told to pass it on.");
	}

	private static boolean namesWebSocket(HttpHeaders headers) {
		return names(headers, HttpHeaders.UPGRADE, "websocket");
	}

	private static boolean isOurs(String name) {
		return name.toLowerCase(Locale.ROOT).startsWith(EVERY_FIELD);
	}

	private static String webSocketAddress(URI uri) {
		String scheme = uri.getScheme().equals("https") ? "wss" : "ws";
		return scheme + "://" + uri.getRawAuthority() + uri.getRawPath();
	}

	private static String field(String name, HttpHeaders headers) {
		List<String> lines = headers.getOrEmpty(name);
		return lines.isEmpty() ? name + " is missing" : name + " is \"" + String.join("\", \"", lines) + "\"";
	}

	private static boolean isKey(String key) {
		if (key.length() != KEY_DIGITS + KEY_END.length() || !key.endsWith(KEY_END)) {
			return false;
		}
		for (int i = 0; i < KEY_DIGITS; i++) {
			if (!isBase64(key.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isBase64(char digit) {
		return (digit >= 'A' && digit <= 'Z') || (digit >= 'a' && digit <= 'z') || (digit >= '0' && digit <= '9')
				|| digit == '+' || digit == '/';
	}

	private static boolean names(HttpHeaders headers, String field, String element) {
		for (String each : elements(headers, field)) {
			if (each.equalsIgnoreCase(element)) {
				return true;
			}
		}
		return false;
	}

	// several lines of one field are one list (RFC 9110, 5.3); every handshake comes
	// through here several times, and streams cost it as much as all of its checks
	private static List<String> elements(HttpHeaders headers, String name) {
		List<String> lines = headers.getOrEmpty(name);
		if (lines.isEmpty()) {
			return lines;
		}
		List<String> elements = new ArrayList<>(2);
		for (String line : lines) {
			addElements(line, elements);
		}
		return elements;
	}

	private static void addElements(String line, List<String> to) {
		int start = 0;
		while (start <= line.length()) {
			int comma = line.indexOf(',', start);
			int end = (comma < 0) ? line.length() : comma;
			String element = line.substring(start, end).strip();
			if (!element.isEmpty()) {
				to.add(element);
			}
			start = end + 1;
		}
	}

}
