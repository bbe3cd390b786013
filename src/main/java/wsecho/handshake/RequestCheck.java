package wsecho.handshake;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Checks that a request is a handshake (RFC 6455, 4.2.1; RFC 8441, 5), from what it is to
 * its fields.
 */
final class RequestCheck {

	private static final List<String> SIGNS = List.of(KeyCheck.FIELD, FieldCheck.VERSION, FieldCheck.PROTOCOL,
			OpeningHandshake.EXTENSIONS);

	private RequestCheck() {
	}

	/**
	 * Checks a request.
	 * @param request the request
	 * @param received what reached the server of it
	 * @param http2 the header of its stream, or null if it came over HTTP/1.1
	 * @return what it offers
	 * @throws HandshakeRefusal if it is not a valid handshake: 404 without a sign of one,
	 * 405 with another method, 426 where something that makes it one is missing, 400 for
	 * a field with a bad value
	 */
	static FieldCheck require(ServerHttpRequest request, HttpServerRequest received, @Nullable Http2Request http2) {
		FieldCheck fields = new FieldCheck(request.getHeaders());
		if (http2 != null && request.getMethod().matches("CONNECT")) {
			fields.requireHttp2(http2);
			return fields;
		}
		requireGet(request);
		if (received.version().majorVersion() == 2) {
			throw HandshakeRefusal.badRequest("Over HTTP/2 a WebSocket is opened by a CONNECT request with "
					+ ":protocol websocket (RFC 8441), and this is a GET. If the client sent it over HTTP/1.1, "
					+ "something on the way has passed it on over HTTP/2, and has to be told to keep to HTTP/1.1.");
		}
		fields.requireHttp11(received.version());
		return fields;
	}

	/** Whether a request has a sign of a handshake, well or badly made. */
	static boolean hasSign(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return request.getMethod().matches("CONNECT") || ListField.names(headers, HttpHeaders.UPGRADE, "websocket")
				|| SIGNS.stream().anyMatch(headers::containsHeader);
	}

	// without a sign HEAD is answered as GET is (RFC 9110, 9.3.2)
	private static void requireGet(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		boolean isRead = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
		if (isRead && !hasSign(request)) {
			throw HandshakeRefusal.notFound("This address speaks WebSocket, and the request has no sign of a WebSocket "
					+ "handshake. Connect a WebSocket client to " + address(request.getURI()) + ".");
		}
		if (!method.equals(HttpMethod.GET)) {
			throw HandshakeRefusal.methodNotAllowed("A WebSocket handshake is a GET request, not " + method + ".");
		}
	}

	// in the clear here may be TLS for the client, which ends at a proxy
	private static String address(URI uri) {
		String address = "//" + uri.getRawAuthority() + uri.getRawPath();
		return uri.getScheme().equals("https") ? "wss:" + address
				: address + ", with wss: where pages are https:, else ws:";
	}

}
