package wsecho.session;

import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import wsecho.handshake.SessionTransport;
import wsecho.websocket.SessionEnd;

import static org.assertj.core.api.Assertions.assertThat;

/** Which series the ends of sessions make. */
class SessionMetricsTests {

	private static final String CLOSED = "wsecho.sessions.closed";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final SessionMetrics metrics = new SessionMetrics(this.meters);

	@Test
	void seriesAreThereFromTheStart() {
		assertThat(this.meters.get(CLOSED).counters()).allMatch((counter) -> counter.count() == 0)
			.extracting((counter) -> counter.getId().getTag("by") + counter.getId().getTag("code"))
			.contains("client1000", "client1005", "client1006", "client4xxx", "server1001", "server1006", "network1006")
			.doesNotContain("network1000", "server1005");
	}

	@Test
	void clientCannotMakeMore() {
		List<Counter> before = List.copyOf(this.meters.get(CLOSED).counters());
		for (int code = 3000; code < 5000; code++) {
			this.metrics.ended(SessionTransport.WEBSOCKET,
					new SessionEnd(SessionEnd.By.CLIENT, SessionEnd.How.CLOSE, code, "any"), 1);
		}
		assertThat(this.meters.get(CLOSED).counters()).hasSameSizeAs(before);
		assertThat(this.meters.counter(CLOSED, "by", "client", "code", "3xxx", "transport", "websocket").count())
			.isEqualTo(1000);
	}

}
