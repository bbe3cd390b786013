package wsecho.session;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the service finds out that a client is gone.
 *
 * @param interval how long a client may be silent before it is sent a ping, from 1 s to 1
 * h; 0 for no pings
 * @param timeout how long it may be silent after that before its connection is closed as
 * lost, from 1 s to 1 h
 */
@Validated
@ConfigurationProperties("wsecho.keep-alive")
record KeepAlive(@DefaultValue("25s") @DurationMin @DurationMax(hours = 1) Duration interval,
		@DefaultValue("20s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration timeout) {

}
