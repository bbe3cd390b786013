package wsecho.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import wsecho.scenario.parameter.PushParameters.Format;
import wsecho.scenario.shape.Ticks;
import wsecho.scenario.shape.Ticks.Tick;
import wsecho.websocket.SessionScheduler;

/**
 * Sends numbered messages at a fixed interval, and drops what it receives. While the
 * client does not read none are made: the next one says how many were left out.
 *
 * @param every the interval
 * @param size the payload size, 0 for no padding
 * @param count after how many the server ends the session
 * @param type text or binary
 */
record Push(Duration every, DataSize size, long count, Format type) implements Scenario {

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		DataBufferFactory buffers = session.bufferFactory();
		return Ticks.every(this.every, SessionScheduler.of(session))
			.take(this.count)
			.takeUntilOther(inbound.ignoreElements())
			.map((tick) -> message(tick, buffers));
	}

	private WebSocketMessage message(Tick tick, DataBufferFactory buffers) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		return switch (this.type) {
			// white space may follow a JSON text (RFC 8259, 2)
			case TEXT -> new WebSocketMessage(WebSocketMessage.Type.TEXT, buffers.wrap(filled(text(tick, now), ' ')));
			case BINARY ->
				new WebSocketMessage(WebSocketMessage.Type.BINARY, buffers.wrap(filled(binary(tick, now), 0)));
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

	private byte[] filled(byte[] payload, int filler) {
		byte[] filled = Arrays.copyOf(payload, Math.max(payload.length, (int) this.size.toBytes()));
		Arrays.fill(filled, payload.length, filled.length, (byte) filler);
		return filled;
	}

}
