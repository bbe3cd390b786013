package wsecho.check.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * A request.
 *
 * @param method GET in each handshake
 * @param target path and query
 * @param fields its header fields, in their order
 */
public record Request(String method, String target, List<Entry<String, String>> fields) {

	// a server may answer them with 411 (RFC 9110, 8.6)
	private static final Set<String> EXPECTS_BODY = Set.of("POST", "PUT", "PATCH");

	private static final Set<String> HTTP_1_ONLY = Set.of("host", "connection", "upgrade", "sec-websocket-key");

	/** A plain GET, which nothing may answer from a cache. */
	public static Request plain(Route route, String path) {
		return plain(route, "GET", path, List.of());
	}

	/**
	 * A plain one.
	 * @param route to the server
	 * @param method the method
	 * @param path path and query
	 * @param more further fields
	 */
	public static Request plain(Route route, String method, String path, List<Entry<String, String>> more) {
		Target server = route.target();
		return new Request(method, server.base() + path,
				List.of(Client.field("Host", server.authority()), Client.field("User-Agent", Client.NAME),
						Client.field("Cache-Control", "no-store"), Client.field("Accept", "application/json, */*"),
						Client.field("Connection", "close")))
			.with(more)
			.with(route.fields());
	}

	/**
	 * A handshake (RFC 6455, 4.1).
	 * @param route to the server
	 * @param path path and query
	 * @param key the value of Sec-WebSocket-Key
	 * @param more further fields
	 */
	public static Request handshake(Route route, String path, String key, List<Entry<String, String>> more) {
		Target server = route.target();
		return new Request("GET", server.base() + path,
				List.of(Client.field("Host", server.authority()), Client.field("User-Agent", Client.NAME),
						Client.field("Origin", server.origin()), Client.field("Cache-Control", "no-cache"),
						Client.field("Upgrade", "websocket"), Client.field("Connection", "Upgrade"),
						Client.field("Sec-WebSocket-Key", key), Client.field("Sec-WebSocket-Version", "13")))
			.with(more)
			.with(route.fields());
	}

	/** With fields that take the place of those of the same name. */
	private Request with(List<Entry<String, String>> others) {
		List<Entry<String, String>> all = new ArrayList<>(this.fields);
		others.forEach((other) -> all.removeIf((field) -> field.getKey().equalsIgnoreCase(other.getKey())));
		all.addAll(others);
		return new Request(this.method, this.target, all);
	}

	/** The value of a field, or an empty text. */
	public String field(String name) {
		return this.fields.stream()
			.filter((field) -> field.getKey().equalsIgnoreCase(name))
			.map(Entry::getValue)
			.findFirst()
			.orElse("");
	}

	FullHttpRequest message() {
		return message(Unpooled.EMPTY_BUFFER);
	}

	/**
	 * With a body of a length that is told, unless it is empty and the method has none.
	 */
	FullHttpRequest message(ByteBuf body) {
		FullHttpRequest message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(this.method),
				this.target, body);
		this.fields.forEach((field) -> message.headers().add(field.getKey(), field.getValue()));
		if (body.isReadable() || EXPECTS_BODY.contains(this.method)) {
			message.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		}
		return message;
	}

	/** The beginning of one whose body follows in pieces. */
	HttpRequest beginning() {
		HttpRequest message = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(this.method),
				this.target);
		this.fields.forEach((field) -> message.headers().add(field.getKey(), field.getValue()));
		message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		return message;
	}

	/**
	 * The same for HTTP/2 (RFC 9113, 8.3; a handshake by RFC 8441, 4).
	 * @param scheme http or https
	 */
	Http2Headers http2(String scheme) {
		Http2Headers headers = new DefaultHttp2Headers().scheme(scheme).path(this.target).authority(field("Host"));
		boolean handshake = isHandshake();
		headers.method(handshake ? "CONNECT" : this.method);
		if (handshake) {
			headers.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), "websocket");
		}
		this.fields.stream()
			.map((field) -> Client.field(field.getKey().toLowerCase(Locale.ROOT), field.getValue()))
			.filter((field) -> !HTTP_1_ONLY.contains(field.getKey()))
			.forEach((field) -> headers.add(field.getKey(), field.getValue()));
		return headers;
	}

	boolean isHandshake() {
		return !field("Sec-WebSocket-Key").isEmpty();
	}

}
