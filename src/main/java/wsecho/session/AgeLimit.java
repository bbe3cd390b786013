package wsecho.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.DurationRange;

/**
 * How old a session may become.
 *
 * @param age how long a session may last, less up to a tenth at random, from 1 s to 365
 * days; 0 for no limit
 */
@Validated
@ConfigurationProperties("wsecho.limits")
record AgeLimit(@DefaultValue("0") @DurationRange(orZero = true, min = "1s", max = "365d") Duration age) {

	// of the age, how much may be taken off
	private static final double JITTER = 0.1;

	/** Whether there is a limit. */
	boolean isSet() {
		return !this.age.isZero();
	}

	/** How long one session may last. */
	Duration jittered() {
		return Duration.ofNanos((long) (this.age.toNanos() * (1 - JITTER * ThreadLocalRandom.current().nextDouble())));
	}

}
