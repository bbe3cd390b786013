package wsecho.service;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 one after the other, right or wrong. */
final class Http2Bytes {

	private static final int END_STREAM = 1;

	private static final int END_HEADERS = 4;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	/**
	 * The preface.
	 * @param window how much the server may send on a stream that is never read
	 */
	static Http2Bytes begin(int window) {
		Http2Bytes frames = new Http2Bytes();
		frames.bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		return frames.frame(4, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(window).array());
	}

	/** Frames that follow others. */
	static Http2Bytes more() {
		return new Http2Bytes();
	}

	/** A whole request. */
	Http2Bytes request(int stream, String... fields) {
		return frame(1, END_HEADERS | END_STREAM, stream, block(fields));
	}

	/** A request that goes on. */
	Http2Bytes open(int stream, String... fields) {
		return frame(1, END_HEADERS, stream, block(fields));
	}

	/** Trailers. */
	Http2Bytes trailers(int stream, String... fields) {
		return request(stream, fields);
	}

	/** A WebSocket's handshake (RFC 8441). */
	Http2Bytes handshake(int stream, String path) {
		return open(stream, ":method", "CONNECT", ":protocol", "websocket", ":scheme", "http", ":path", path,
				":authority", "localhost", "sec-websocket-version", "13");
	}

	/** DATA. */
	Http2Bytes data(int stream, byte[] data) {
		return frame(0, 0, stream, data);
	}

	/** RST_STREAM with CANCEL. */
	Http2Bytes reset(int stream) {
		return frame(3, 0, stream, new byte[] { 0, 0, 0, 8 });
	}

	/** All of them. */
	byte[] bytes() {
		return this.bytes.toByteArray();
	}

	private Http2Bytes frame(int type, int flags, int stream, byte[] payload) {
		this.bytes.writeBytes(
				ByteBuffer.allocate(9).putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).array());
		this.bytes.writeBytes(payload);
		return this;
	}

	// literals that are not indexed (RFC 7541, 6.2.2)
	private static byte[] block(String... fields) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		for (int i = 0; i < fields.length; i++) {
			if (i % 2 == 0) {
				block.write(0);
			}
			block.write(fields[i].length());
			block.writeBytes(fields[i].getBytes(StandardCharsets.ISO_8859_1));
		}
		return block.toByteArray();
	}

}
