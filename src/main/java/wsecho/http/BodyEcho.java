package wsecho.http;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.websocket.SessionOptions;

/**
 * Sends the body of the request back as it comes, piece by piece, and reads no faster
 * than the client does.
 *
 * @param request the request
 * @param options of the session
 */
record BodyEcho(ServerHttpRequest request, SessionOptions options) implements Answer {

	@Override
	public void describe(HttpHeaders headers) {
		keep(headers, HttpHeaders.CONTENT_TYPE);
		keep(headers, HttpHeaders.CONTENT_ENCODING);
	}

	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		return this.request.getBody()
			.doOnNext((piece) -> session.flow().dealtWith(piece.readableByteCount()))
			.doOnComplete(() -> {
				session.traffic().messageReceived();
				session.traffic().messageSent();
			})
			.takeUntilOther(session.leaving());
	}

	private void keep(HttpHeaders headers, String name) {
		String value = this.request.getHeaders().getFirst(name);
		if (value != null) {
			headers.set(name, value);
		}
	}

}
