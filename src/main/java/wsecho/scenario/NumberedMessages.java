package wsecho.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.scenario.parameter.PushParameters;
import wsecho.scenario.parameter.PushParameters.Format;
import wsecho.scenario.parameter.Query;
import wsecho.scenario.shape.Ticks;
import wsecho.scenario.shape.Ticks.Tick;
import wsecho.websocket.Fragments;

/**
 * Numbered messages at a fixed interval. While the client does not read none are made:
 * the next one says how many were left out. Long ones are made in fragments (RFC 6455,
 * 5.4).
 *
 * @param every the interval
 * @param size the payload size, 0 for no padding
 * @param count how many there are
 * @param type text or binary
 * @param first what the first one has beside the others: members of JSON, each after a
 * comma, in ASCII
 */
public record NumberedMessages(Duration every, DataSize size, long count, Format type, String first) {

	/**
	 * In bytes, as long as the frames of an echo are at most: no long message is held
	 * whole.
	 */
	private static final int FRAME = 64 * 1024;

	// white space may follow a JSON text (RFC 8259, 2)
	private static final byte[] BLANKS = filler(' ');

	private static final byte[] ZEROS = filler(0);

	static NumberedMessages of(PushParameters parameters, Query query) {
		return new NumberedMessages(query.get(parameters.every()), query.get(parameters.size()),
				query.get(parameters.count()), query.get(parameters.type()), "");
	}

	/**
	 * The messages, each made when it is due and wanted.
	 * @param scheduler tells the time
	 * @param buffers for the payloads
	 * @param until ends them, after the one that has been begun
	 */
	public Flux<WebSocketMessage> made(Scheduler scheduler, DataBufferFactory buffers, Mono<?> until) {
		return Ticks.every(this.every, scheduler)
			.take(this.count)
			.takeUntilOther(until)
			// no prefetch: the next one is made when this one's frames are sent
			.concatMap((tick) -> frames(tick, buffers), 0);
	}

	private Flux<WebSocketMessage> frames(Tick tick, DataBufferFactory buffers) {
		byte[] content = content(tick, Instant.now().truncatedTo(ChronoUnit.MICROS));
		int length = Math.max(content.length, (int) this.size.toBytes());
		return Flux.generate(() -> 0, (sent, sink) -> {
			int end = Math.min(sent + FRAME, length);
			DataBuffer payload = (sent == 0) ? buffers.wrap(filled(content, end))
					: buffers.wrap(ByteBuffer.wrap(filler(), 0, end - sent));
			sink.next(Fragments.of(messageType(), payload, sent == 0, end == length));
			if (end == length) {
				sink.complete();
			}
			return end;
		});
	}

	private byte[] content(Tick tick, Instant time) {
		return switch (this.type) {
			case TEXT -> text(tick, time);
			case BINARY -> binary(tick, time);
		};
	}

	private byte[] filler() {
		return switch (this.type) {
			case TEXT -> BLANKS;
			case BINARY -> ZEROS;
		};
	}

	private WebSocketMessage.Type messageType() {
		return switch (this.type) {
			case TEXT -> WebSocketMessage.Type.TEXT;
			case BINARY -> WebSocketMessage.Type.BINARY;
		};
	}

	private byte[] text(Tick tick, Instant time) {
		return "{\"number\":%d,\"time\":\"%s\",\"late\":%d%s}"
			.formatted(tick.number(), time, tick.late(), (tick.number() == 1) ? this.first : "")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** Three integers of 64 bits, big-endian; the time in µs since 1970. */
	private static byte[] binary(Tick tick, Instant time) {
		return ByteBuffer.allocate(3 * Long.BYTES)
			.putLong(tick.number())
			.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
			.putLong(tick.late())
			.array();
	}

	private byte[] filled(byte[] content, int length) {
		byte[] filled = Arrays.copyOf(content, length);
		System.arraycopy(filler(), 0, filled, content.length, length - content.length);
		return filled;
	}

	private static byte[] filler(int value) {
		byte[] filler = new byte[FRAME];
		Arrays.fill(filler, (byte) value);
		return filler;
	}

}
