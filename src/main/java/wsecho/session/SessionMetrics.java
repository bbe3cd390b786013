package wsecho.session;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
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

	private final MeterRegistry meters;

	private final Timer roundTrip;

	private final Timer duration;

	SessionMetrics(MeterRegistry meters) {
		this.meters = meters;
		this.roundTrip = Timer.builder("wsecho.ping.rtt")
			.description("From a keep-alive ping to its pong")
			.serviceLevelObjectives(ROUND_TRIPS)
			.register(meters);
		this.duration = Timer.builder("wsecho.session.duration")
			.serviceLevelObjectives(DURATIONS)
			.description("From the handshake to the end of the connection")
			.register(meters);
	}

	void observe(Registry registry) {
		Gauge.builder("wsecho.sessions.open", registry, (open) -> open.sessions().size())
			.description("Sessions that are open")
			.register(this.meters);
		Gauge.builder("wsecho.drain.remaining", registry, (open) -> open.isDraining() ? open.sessions().size() : 0)
			.description("Sessions that a stop still waits for")
			.register(this.meters);
		count(registry, "wsecho.messages", null, "received", Totals::messagesReceived);
		count(registry, "wsecho.messages", null, "sent", Totals::messagesSent);
		count(registry, "wsecho.bytes", "bytes", "received", Totals::bytesReceived);
		count(registry, "wsecho.bytes", "bytes", "sent", Totals::bytesSent);
	}

	void refused(int status) {
		Counter.builder("wsecho.handshakes.refused")
			.description("Handshakes that did not become a session")
			.tag("status", "" + status)
			.register(this.meters)
			.increment();
	}

	void answered(long nanos) {
		this.roundTrip.record(nanos, TimeUnit.NANOSECONDS);
	}

	void ended(SessionEnd ending, long nanos) {
		this.duration.record(nanos, TimeUnit.NANOSECONDS);
		Counter.builder("wsecho.sessions.closed")
			.description("Sessions that have ended")
			.tag("by", ending.by().name().toLowerCase(Locale.ROOT))
			.tag("code", code(ending.code()))
			.register(this.meters)
			.increment();
	}

	private static Duration[] durations(String... bounds) {
		return Stream.of(bounds).map(DurationStyle.SIMPLE::parse).toArray(Duration[]::new);
	}

	private void count(Registry registry, String name, @Nullable String unit, String direction,
			ToDoubleFunction<Totals> sum) {
		FunctionCounter.builder(name, registry, (all) -> sum.applyAsDouble(all.totals()))
			.description("Messages, and bytes of messages, of all sessions")
			.baseUnit(unit)
			.tag("direction", direction)
			.register(this.meters);
	}

	// a client may choose among 2,000 codes (RFC 6455, 7.4.2), and must not make as many
	// metrics
	private static String code(int code) {
		return (code < 3000) ? "" + code : (code / 1000) + "xxx";
	}

}
