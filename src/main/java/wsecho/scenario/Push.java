package wsecho.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;

/**
 * Sends numbered messages by the clock, and reads none. While the client does not take
 * them none are made: how many that were is said in the next one.
 *
 * @param every from one to the next
 * @param size of each in bytes, 0 for no more than it takes
 * @param count how many, then the server ends the session
 * @param type text or binary
 */
record Push(Duration every, int size, long count, WebSocketMessage.Type type) implements Scenario {

	/** What every message fits into. */
	static final int LEAST_SIZE = 128;

	@Override
	public Flux<WebSocketMessage> play(Flux<WebSocketMessage> received, WebSocketSession session) {
		return beats().takeUntilOther(received.ignoreElements()).map((beat) -> message(beat, session));
	}

	Flux<Beat> beats() {
		return Flux.interval(Duration.ZERO, this.every)
			.onBackpressureDrop()
			.scan(Beat.NONE, Beat::next)
			.skip(1)
			.take(this.count);
	}

	private WebSocketMessage message(Beat beat, WebSocketSession session) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		byte[] payload = (this.type == WebSocketMessage.Type.TEXT) ? beat.text(now) : beat.binary(now);
		int end = payload.length;
		byte[] padded = Arrays.copyOf(payload, Math.max(end, this.size));
		if (this.type == WebSocketMessage.Type.TEXT) {
			// white space may follow a JSON text (RFC 8259, 2)
			Arrays.fill(padded, end, padded.length, (byte) ' ');
		}
		return new WebSocketMessage(this.type, session.bufferFactory().wrap(padded));
	}

	/**
	 * A message to be.
	 *
	 * @param number from 1 on
	 * @param late how many were due since the one before, and are not sent
	 * @param tick of the clock, from 0 on
	 */
	record Beat(long number, long late, long tick) {

		static final Beat NONE = new Beat(0, 0, -1);

		Beat next(long tick) {
			return new Beat(this.number + 1, tick - this.tick - 1, tick);
		}

		byte[] text(Instant time) {
			return "{\"number\":%d,\"time\":\"%s\",\"late\":%d}".formatted(this.number, time, this.late)
				.getBytes(StandardCharsets.US_ASCII);
		}

		/** Three integers of 64 bits, big-endian; the time in µs since 1970. */
		byte[] binary(Instant time) {
			return ByteBuffer.allocate(3 * Long.BYTES)
				.putLong(this.number)
				.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
				.putLong(this.late)
				.array();
		}

	}

}
