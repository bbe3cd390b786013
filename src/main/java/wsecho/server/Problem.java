package wsecho.server;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * A problem document (RFC 9457) that is written below WebFlux.
 *
 * @param status of the response
 * @param detail what was seen, what it means and what to set
 */
record Problem(HttpResponseStatus status, String detail) {

	private static final String TYPE = "application/problem+json";

	/**
	 * The document as the body of a response that has none.
	 * @param empty the response; it is released
	 */
	FullHttpResponse fill(FullHttpResponse empty) {
		empty.release();
		FullHttpResponse response = new DefaultFullHttpResponse(empty.protocolVersion(), this.status,
				Unpooled.wrappedBuffer(json()), empty.headers(), empty.trailingHeaders());
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, TYPE)
			.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
		return response;
	}

	/** A whole response of HTTP/1.1, after which the connection is closed. */
	ByteBuf lastResponse() {
		byte[] body = json();
		String head = "%s %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
			.formatted(HttpVersion.HTTP_1_1, this.status, TYPE, body.length);
		return Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body);
	}

	/** The header fields of a response of HTTP/2 that has a document of that length. */
	Http2Headers headers(int length) {
		return new DefaultHttp2Headers().status(this.status.codeAsText())
			.set(HttpHeaderNames.CONTENT_TYPE, TYPE)
			.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
	}

	/** The document. */
	byte[] json() {
		return "{\"detail\":\"%s\",\"status\":%d,\"title\":\"%s\"}"
			.formatted(escape(this.detail), this.status.code(), this.status.reasonPhrase())
			.getBytes(StandardCharsets.US_ASCII);
	}

	// what is not printable ASCII stays harmless in a terminal too
	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		text.chars().forEach((each) -> {
			if (each < ' ' || each > '~' || each == '"' || each == '\\') {
				escaped.append("\\u%04x".formatted(each));
			}
			else {
				escaped.append((char) each);
			}
		});
		return escaped.toString();
	}

}
