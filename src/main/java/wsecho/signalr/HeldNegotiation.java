package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import wsecho.http.Answer;
import wsecho.http.ResponseSession;
import wsecho.websocket.SessionOptions;

/**
 * The answer to a negotiation that is delayed, or given at once when the service stops.
 *
 * @param delay how long it is held
 * @param body makes the answer, or fails as it is to be refused
 * @param options of the session
 */
record HeldNegotiation(Duration delay, Mono<String> body, SessionOptions options) implements Answer {

	@Override
	public void describe(HttpHeaders headers) {
		headers.setContentType(MediaType.APPLICATION_JSON);
	}

	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		return Mono.firstWithSignal(Mono.delay(this.delay, session.scheduler()).then(), session.leaving())
			.then(this.body)
			.map((text) -> session.buffers().wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

}
