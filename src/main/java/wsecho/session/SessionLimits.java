package wsecho.session;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds that no client can exceed.
 *
 * @param sessions how many sessions may be open at once; from 1 to 1,000,000
 * @param sessionsPerAddress how many of them from one remote address; 0 for as many as
 * there may be
 * @param age how long a session may last, less up to a tenth at random; 0 for as long as
 * it likes, at most 365 days
 * @param origins the origins whose pages may connect, such as https://example.org:8443,
 * or * for all; a client that names no origin is no browser and may connect
 */
@Validated
@ConfigurationProperties("wsecho.limits")
record SessionLimits(@DefaultValue("20000") @Min(1) @Max(1_000_000) int sessions,
		@DefaultValue("0") @PositiveOrZero int sessionsPerAddress,
		@DefaultValue("0") @DurationMin @DurationMax(days = 365) Duration age,
		@DefaultValue("*") @NotEmpty List<@Pattern(regexp = ORIGIN,
				message = "must be scheme://host, scheme://host:port, null, or * for all") String> origins) {

	private static final String ORIGIN = "\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#@]+";

}
