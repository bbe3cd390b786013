package wsecho.session.attempt;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many attempts are known, and for how long. */
class AttemptBoundsTests {

	private static final Arrival ARRIVAL = new Arrival(Instant.EPOCH, "pod", "HTTP/1.1", "GET", "/websocket", null,
			null, null, null, null, null, null, null);

	private long nanos = Long.MAX_VALUE - 1;

	private final Attempts attempts = new Attempts(() -> this.nanos);

	@Test
	void oldestMakeRoomForNewOnes() {
		for (int i = 0; i < 2_002; i++) {
			this.attempts.add("attempt" + i, ARRIVAL);
		}
		assertThat(this.attempts.find("attempt1")).isNull();
		assertThat(this.attempts.find("attempt2")).isNotNull();
	}

	@Test
	void repetitionsCountUpToSixteen() {
		for (int i = 0; i < 5_000; i++) {
			this.attempts.add("repeated", ARRIVAL);
		}
		for (int i = 0; i < 1_984; i++) {
			this.attempts.add("attempt" + i, ARRIVAL);
		}
		assertThat(this.attempts.find("repeated")).isNotNull();
		this.attempts.add("one more", ARRIVAL);
		assertThat(this.attempts.find("repeated")).isNull();
		assertThat(this.attempts.find("attempt0")).isNotNull();
	}

	@Test
	void noneIsKnownForMoreThanTenMinutes() {
		this.attempts.add("first", ARRIVAL);
		this.nanos += Duration.ofMinutes(9).toNanos();
		this.attempts.add("second", ARRIVAL);
		this.nanos += Duration.ofSeconds(61).toNanos();
		assertThat(this.attempts.find("first")).isNull();
		assertThat(this.attempts.find("second")).isNotNull();
	}

}
