package wsecho.session.drain;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When each session is closed in a drain, in milliseconds. */
class DrainSlotTests {

	@ParameterizedTest
	@CsvSource({
			// evenly over the window
			"10000, 0, 10, 1000, 0, 1000", "10000, 5, 10, 1000, 5000, 1000", "10000, 9, 10, 1000, 9000, 1000",
			"10000, 99, 100, 1000, 9900, 1000",
			// as early as its replies need
			"10000, 9, 10, 3000, 7000, 3000", "10000, 5, 10, 3000, 5000, 3000", "10000, 99, 100, 6000, 4000, 6000",
			// no longer than the window
			"10000, 9, 10, 61000, 0, 10000", "10000, 0, 10, 61000, 0, 10000",
			// at once
			"0, 0, 1, 1000, 0, 1000", "0, 5, 10, 61000, 0, 1000", "300000, 999999, 1000000, 1000, 299999, 1000" })
	void slot(long window, int index, int count, long replyTime, long delay, long patience) {
		DrainSlot slot = DrainSlot.of(Duration.ofMillis(window), index, count, Duration.ofMillis(replyTime));
		assertThat(slot.delay().toMillis()).isEqualTo(delay);
		assertThat(slot.patience().toMillis()).isEqualTo(patience);
	}

}
