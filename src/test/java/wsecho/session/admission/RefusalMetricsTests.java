package wsecho.session.admission;

import java.util.List;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many series the refused handshakes make. */
class RefusalMetricsTests {

	private static final String NAME = "wsecho.handshakes.refused";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RefusalMetrics metrics = new RefusalMetrics(this.meters);

	@Test
	void seriesAreThereFromTheStart() {
		assertThat(this.meters.get(NAME).counters()).allMatch((counter) -> counter.count() == 0)
			.extracting((counter) -> counter.getId().getTags())
			.allMatch((tags) -> tags.equals(List.of(Tag.of("status", tags.get(0).getValue()))))
			.extracting((tags) -> tags.get(0).getValue())
			.containsExactlyInAnyOrder("400", "403", "404", "405", "414", "426", "431", "503", "505", "3xx", "4xx",
					"5xx");
	}

	@Test
	void clientCannotMakeMore() {
		int before = this.meters.getMeters().size();
		for (int status = 300; status < 600; status++) {
			this.metrics.refused(status);
		}
		assertThat(this.meters.getMeters()).hasSize(before);
		assertThat(this.meters.counter(NAME, "status", "503").count()).isEqualTo(1);
		assertThat(this.meters.counter(NAME, "status", "4xx").count()).isEqualTo(93);
	}

}
