package wsecho.scenario.parameter;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import wsecho.handshake.SizeRange;

/**
 * The most that a client may ask for in its handshake.
 *
 * @param messages after how many messages a session may be ended, and how many may be
 * pushed; from 1 to 1,000,000,000
 * @param lifetime after what time a session may be ended; at most 365 days
 * @param delay how long replies may be held; at most 1 h
 * @param held how much of them is held in a session at once; the client is not read from
 * while it is that much; from 64KB to 1GB
 * @param silence how long a session may stay that the server answers no more, as it was
 * asked to; then it is ended; at most 365 days
 * @param handshakeDelay how long the answer to a handshake may be held; at most 1 h
 * @param size how long a pushed message may be; from 128B to 64MB
 */
@Validated
@ConfigurationProperties("wsecho.caps")
public record Caps(@DefaultValue("1000000") @Min(1) @Max(1_000_000_000) long messages,
		@DefaultValue("1d") @DurationMin @DurationMax(days = 365) Duration lifetime,
		@DefaultValue("1m") @DurationMin @DurationMax(hours = 1) Duration delay,
		@DefaultValue("1MB") @SizeRange(min = "64KB", max = "1GB") DataSize held,
		@DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 365) Duration silence,
		@DefaultValue("1m") @DurationMin @DurationMax(hours = 1) Duration handshakeDelay,
		@DefaultValue("1MB") @SizeRange(min = "128B", max = "64MB") DataSize size) {

}
