package wsecho.session.drain;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import wsecho.session.DurationRange;

/**
 * How the sessions are closed when the service stops.
 *
 * @param window over how long they are closed, evenly, so that the clients do not all
 * come back at once, from 1 s to 5 min; 0 for at once
 */
@Validated
@ConfigurationProperties("wsecho.drain")
record DrainSettings(@DefaultValue("10s") @DurationRange(orZero = true, min = "1s", max = "5m") Duration window) {

}
