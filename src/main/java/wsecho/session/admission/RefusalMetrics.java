package wsecho.session.admission;

import java.util.Set;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the refused handshakes, and the requests that could not be read. */
final class RefusalMetrics {

	// those that the service has reasons of its own for; a client may ask for any other
	// (refuse), and must not make as many series
	private static final Set<Integer> STATUSES = Set.of(400, 403, 404, 405, 414, 426, 431, 503, 505);

	private final MeterRegistry meters;

	RefusalMetrics(MeterRegistry meters) {
		this.meters = meters;
		// so that all of them are there from the start, with 0
		IntStream.concat(IntStream.of(300, 499, 599), STATUSES.stream().mapToInt(Integer::intValue))
			.forEach(this::counter);
	}

	void refused(int status) {
		counter(status).increment();
	}

	private Counter counter(int status) {
		return Counter.builder("wsecho.handshakes.refused")
			.description("Handshakes that were refused, and requests that could not be read")
			.tag("status", STATUSES.contains(status) ? "" + status : (status / 100) + "xx")
			.register(this.meters);
	}

}
