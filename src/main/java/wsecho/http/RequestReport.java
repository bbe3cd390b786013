package wsecho.http;

import java.nio.charset.StandardCharsets;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import wsecho.scenario.ReportText;
import wsecho.websocket.SessionOptions;

/**
 * Reports the request as it reached the server.
 *
 * @param report the report
 * @param options of the session
 */
record RequestReport(ReportText report, SessionOptions options) implements Answer {

	@Override
	public void describe(HttpHeaders headers) {
		headers.setContentType(MediaType.APPLICATION_JSON);
	}

	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		return Mono.fromSupplier(
				() -> session.buffers().wrap(this.report.json(session.id()).getBytes(StandardCharsets.UTF_8)));
	}

}
