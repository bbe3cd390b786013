package wsecho.scenario.parameter;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.DurationRange;
import wsecho.settings.SizeRange;

/**
 * Upper bounds of what a client can ask for in its handshake.
 *
 * @param messages upper bound of the parameters `messages` and `count`, from 1 to
 * 1,000,000,000
 * @param lifetime upper bound of the parameter `lifetime`, at most 365 days
 * @param delay upper bound of the parameter `delay`, at most 1 h
 * @param held how many bytes of delayed replies a session may hold, from 64KB to 1GB; at
 * this bound the server stops reading from its client
 * @param silence how long a session stays open after `end=silence`, `end=stall` or
 * `withhold=close`, from 1 s to 365 days
 * @param handshakeDelay upper bound of the parameter `handshake-delay`, at most 1 h
 * @param size upper bound of the parameter `size`, from 128B to 64MB
 */
@Validated
@ConfigurationProperties("wsecho.caps")
public record Caps(@DefaultValue("1000000") @Min(1) @Max(1_000_000_000) long messages,
		@DefaultValue("1d") @DurationRange(min = "0s", max = "365d") Duration lifetime,
		@DefaultValue("1m") @DurationRange(min = "0s", max = "1h") Duration delay,
		@DefaultValue("1MB") @SizeRange(min = "64KB", max = "1GB") DataSize held,
		@DefaultValue("10m") @DurationRange(min = "1s", max = "365d") Duration silence,
		@DefaultValue("1m") @DurationRange(min = "0s", max = "1h") Duration handshakeDelay,
		@DefaultValue("1MB") @SizeRange(min = "128B", max = "64MB") DataSize size) {

}
