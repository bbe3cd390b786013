package wsecho.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/**
 * A GET request.
 *
 * @param target path and query
 * @param fields its header fields, in their order
 */
record Request(String target, List<Entry<String, String>> fields) {

	/** A plain one, which nothing may answer from a cache. */
	static Request plain(Target server, String path) {
		return new Request(server.base() + path,
				List.of(Client.field("Host", server.authority()), Client.field("User-Agent", Client.NAME),
						Client.field("Cache-Control", "no-store"), Client.field("Accept", "application/json, */*"),
						Client.field("Connection", "close")));
	}

	/**
	 * A handshake (RFC 6455, 4.1).
	 * @param server the server
	 * @param path path and query
	 * @param key the value of Sec-WebSocket-Key
	 * @param more further fields
	 */
	static Request handshake(Target server, String path, String key, List<Entry<String, String>> more) {
		List<Entry<String, String>> fields = new ArrayList<>(
				List.of(Client.field("Host", server.authority()), Client.field("User-Agent", Client.NAME),
						Client.field("Origin", server.origin()), Client.field("Cache-Control", "no-cache"),
						Client.field("Upgrade", "websocket"), Client.field("Connection", "Upgrade"),
						Client.field("Sec-WebSocket-Key", key), Client.field("Sec-WebSocket-Version", "13")));
		fields.addAll(more);
		return new Request(server.base() + path, fields);
	}

	FullHttpRequest message() {
		FullHttpRequest message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, this.target);
		this.fields.forEach((field) -> message.headers().add(field.getKey(), field.getValue()));
		return message;
	}

}
