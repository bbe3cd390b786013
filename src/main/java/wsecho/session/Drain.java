package wsecho.session;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the sessions end when the service is stopped.
 *
 * @param window over how long they are closed, evenly, so that the clients do not all
 * come back at once; 0 for at once, at most 5 min
 */
@Validated
@ConfigurationProperties("wsecho.drain")
record Drain(@DefaultValue("10s") @DurationMin @DurationMax(minutes = 5) Duration window) {

}
