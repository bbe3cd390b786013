package wsecho.http;

import java.nio.charset.StandardCharsets;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import wsecho.scenario.ReportText;
import wsecho.websocket.SessionOptions;

/**
 * Reports the request as it reached the server, once all of it has, or the service ends
 * the session.
 *
 * @param request the request
 * @param report the report
 * @param options of the session
 */
record RequestReport(ServerHttpRequest request, ReportText report, SessionOptions options) implements Answer {

	@Override
	public void describe(HttpHeaders headers) {
		headers.setContentType(MediaType.APPLICATION_JSON);
	}

	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		return this.request.getBody()
			.doOnNext((piece) -> session.flow().dealtWith(piece.readableByteCount()))
			.doOnComplete(session.traffic()::messageReceived)
			// Reactor Netty fails the body twice if the response ends at once; the end of
			// the connection, which follows, cancels it
			.onErrorResume(AbortedException::isConnectionReset, (reset) -> Mono.never())
			.takeUntilOther(session.leaving())
			.reduceWith(ReceivedBody::new, ReceivedBody::with)
			.map((received) -> session.buffers()
				.wrap(this.report.json(session.id(), received.reported()).getBytes(StandardCharsets.UTF_8)));
	}

}
