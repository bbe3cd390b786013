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
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import wsecho.scenario.parameter.PushParameters.Format;
import wsecho.scenario.shape.Ticks;
import wsecho.scenario.shape.Ticks.Tick;
import wsecho.websocket.Fragments;
import wsecho.websocket.SessionScheduler;

/**
 * Sends numbered messages at a fixed interval, and drops what it receives. While the
 * client does not read none are made: the next one says how many were left out. Long ones
 * are sent in fragments (RFC 6455, 5.4).
 *
 * @param every the interval
 * @param size the payload size, 0 for no padding
 * @param count after how many the server ends the session
 * @param type text or binary
 */
record Push(Duration every, DataSize size, long count, Format type) implements Scenario {

	/**
	 * In bytes, as long as the frames of an echo are at most: no long message is held
	 * whole.
	 */
	private static final int FRAME = 64 * 1024;

	// white space may follow a JSON text (RFC 8259, 2)
	private static final byte[] BLANKS = filler(' ');

	private static final byte[] ZEROS = filler(0);

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		DataBufferFactory buffers = session.bufferFactory();
		return Ticks.every(this.every, SessionScheduler.of(session))
			.take(this.count)
			.takeUntilOther(inbound.ignoreElements())
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

	private static byte[] text(Tick tick, Instant time) {
		return "{\"number\":%d,\"time\":\"%s\",\"late\":%d}".formatted(tick.number(), time, tick.late())
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
