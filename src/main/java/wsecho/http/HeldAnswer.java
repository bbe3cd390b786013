package wsecho.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import wsecho.scenario.parameter.HttpParameters;
import wsecho.websocket.SessionOptions;

/**
 * Answers after a time, or when the service ends the session.
 *
 * @param asked what the client asks for
 */
record HeldAnswer(HttpParameters.Hold asked) implements Answer {

	@Override
	public SessionOptions options() {
		return this.asked.options();
	}

	@Override
	public void describe(HttpHeaders headers) {
		headers.setContentType(MediaType.APPLICATION_JSON);
	}

	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		long begin = System.nanoTime();
		return Mono.firstWithSignal(Mono.delay(this.asked.duration(), session.scheduler()).then(), session.leaving())
			.then(Mono.fromSupplier(() -> text(session, Duration.ofNanos(System.nanoTime() - begin))));
	}

	private DataBuffer text(ResponseSession session, Duration held) {
		String text = "{\"session\":\"%s\",\"askedMillis\":%d,\"heldMillis\":%d,\"stopped\":%s}".formatted(session.id(),
				this.asked.duration().toMillis(), held.toMillis(), session.farewell() != null);
		return session.buffers().wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

}
