package wsecho.signalr;

import java.nio.ByteBuffer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.handshake.ReceivedRequest;

/**
 * What a token tells of the request that it was negotiated by.
 *
 * @param time in ms since 1970
 * @param version of the negotiation, 0 or 1
 * @param http 10, 11 or 20
 * @param authorization the length of that field, or -1
 * @param cookie the length of that field, or -1
 * @param fields how many fields there were
 */
record NegotiationFacts(long time, int version, int http, int authorization, int cookie, int fields) {

	/** How long it is in a token. */
	static final int BYTES = Long.BYTES + 2 + 2 * Short.BYTES + 1;

	static NegotiationFacts of(ServerHttpRequest request, int version) {
		ReceivedRequest received = ReceivedRequest.of(request);
		return new NegotiationFacts(System.currentTimeMillis(), version, http(received.version()),
				length(request, HttpHeaders.AUTHORIZATION), length(request, HttpHeaders.COOKIE),
				received.fields().size());
	}

	void writeTo(ByteBuffer bytes) {
		bytes.putLong(this.time)
			.put((byte) this.version)
			.put((byte) this.http)
			.putShort((short) this.authorization)
			.putShort((short) this.cookie)
			.put((byte) this.fields);
	}

	static NegotiationFacts readFrom(ByteBuffer bytes) {
		return new NegotiationFacts(bytes.getLong(), bytes.get(), bytes.get(), bytes.getShort(), bytes.getShort(),
				bytes.get());
	}

	String httpVersion() {
		return (this.http == 20) ? "HTTP/2" : "HTTP/1." + this.http % 10;
	}

	private static int http(String version) {
		return switch (version) {
			case "HTTP/2" -> 20;
			case "HTTP/1.0" -> 10;
			default -> 11;
		};
	}

	// a header is at most as long as a short can tell
	private static int length(ServerHttpRequest request, String name) {
		String value = request.getHeaders().getFirst(name);
		return (value != null) ? value.length() : -1;
	}

}
