package wsecho.session.drain;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.DurationRange;

/**
 * How the sessions are closed when the service stops.
 *
 * @param window the time over which a stop spreads the closing of the sessions, so that
 * their clients do not all reconnect at once, from 1 s to 5 min; 0 to close all at once
 */
@Validated
@ConfigurationProperties("wsecho.drain")
record DrainSettings(@DefaultValue("10s") @DurationRange(orZero = true, min = "1s", max = "5m") Duration window) {

}
