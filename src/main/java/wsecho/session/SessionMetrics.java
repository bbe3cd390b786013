package wsecho.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import wsecho.handshake.SessionTransport;
import wsecho.websocket.SessionEnd;

/**
 * The metrics of the sessions. What goes through them is counted by each itself, and
 * summed up only when somebody looks.
 */
final class SessionMetrics {

	// what the histograms tell apart
	private static final Duration[] ROUND_TRIPS = durations("500us", "1ms", "2ms", "5ms", "10ms", "25ms", "50ms",
			"100ms", "250ms", "500ms", "1s", "2500ms", "5s", "10s");

	private static final Duration[] DURATIONS = durations("100ms", "1s", "10s", "30s", "1m", "5m", "15m", "1h", "4h",
			"24h");

	// that either side may send (RFC 6455, 7.4, and the IANA registry)
	private static final List<Integer> CODES = List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
			1014, 3000, 4000);

	private static final int NO_STATUS = 1005;

	private static final int NO_CLOSE = 1006;

	private final MeterRegistry meters;

	private final Timer roundTrip;

	private final Map<SessionTransport, Timer> durations = new EnumMap<>(SessionTransport.class);

	SessionMetrics(MeterRegistry meters) {
		this.meters = meters;
		this.roundTrip = Timer.builder("wsecho.ping.rtt")
			.description("From a keep-alive ping to its pong")
			.serviceLevelObjectives(ROUND_TRIPS)
			.register(meters);
		// so that all of them are there from the start, with 0
		for (SessionTransport transport : SessionTransport.values()) {
			this.durations.put(transport, duration(transport));
			for (SessionEnd.By by : SessionEnd.By.values()) {
				codes(transport, by).forEach((code) -> closed(transport, by, code));
			}
		}
	}

	void observe(OpenSessions sessions) {
		Gauge.builder("wsecho.sessions.open", sessions, OpenSessions::count)
			.description("Sessions that are open")
			.register(this.meters);
		Gauge.builder("wsecho.drain.remaining", sessions, (open) -> open.isDraining() ? open.count() : 0)
			.description("Sessions that a stop still waits for")
			.register(this.meters);
		count(sessions, "wsecho.messages", null, "received", Totals::messagesReceived);
		count(sessions, "wsecho.messages", null, "sent", Totals::messagesSent);
		count(sessions, "wsecho.bytes", "bytes", "received", Totals::bytesReceived);
		count(sessions, "wsecho.bytes", "bytes", "sent", Totals::bytesSent);
	}

	void pongReceived(long nanos) {
		this.roundTrip.record(nanos, TimeUnit.NANOSECONDS);
	}

	void ended(SessionTransport transport, SessionEnd end, long nanos) {
		Objects.requireNonNull(this.durations.get(transport)).record(nanos, TimeUnit.NANOSECONDS);
		closed(transport, end.by(), end.code()).increment();
	}

	private Timer duration(SessionTransport transport) {
		return Timer.builder("wsecho.session.duration")
			.serviceLevelObjectives(DURATIONS)
			.description("From the handshake, or the request, to the end of the session")
			.tag("transport", transport.text())
			.register(this.meters);
	}

	private Counter closed(SessionTransport transport, SessionEnd.By by, int code) {
		return Counter.builder("wsecho.sessions.closed")
			.description("Sessions that have ended")
			.tag("by", by.name().toLowerCase(Locale.ROOT))
			.tag("code", tag(code))
			.tag("transport", transport.text())
			.register(this.meters);
	}

	private static IntStream codes(SessionTransport transport, SessionEnd.By by) {
		if (!transport.isWebSocket()) {
			return IntStream.of(0);
		}
		IntStream sent = CODES.stream().mapToInt(Integer::intValue);
		return switch (by) {
			case CLIENT -> IntStream.concat(sent, IntStream.of(NO_STATUS, NO_CLOSE));
			case SERVER -> IntStream.concat(sent, IntStream.of(NO_CLOSE));
			case NETWORK -> IntStream.of(NO_CLOSE);
		};
	}

	// a client has 2,000 codes to choose from (RFC 6455, 7.4.2)
	private static String tag(int code) {
		if (code == 0) {
			return "none";
		}
		return (code < 3000) ? "" + code : (code / 1000) + "xxx";
	}

	private static Duration[] durations(String... bounds) {
		return Stream.of(bounds).map(DurationStyle.SIMPLE::parse).toArray(Duration[]::new);
	}

	private void count(OpenSessions sessions, String name, @Nullable String unit, String direction,
			ToDoubleFunction<Totals> sum) {
		FunctionCounter.builder(name, sessions, (all) -> sum.applyAsDouble(all.totals()))
			.description("Messages, and bytes of messages, of all sessions")
			.baseUnit(unit)
			.tag("direction", direction)
			.register(this.meters);
	}

}
