package wsecho.session.admission;

import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which sessions may open, and how many.
 *
 * @param sessions how many sessions may be open at once; from 1 to 1,000,000
 * @param sessionsPerAddress how many of them may come from one remote address, or from
 * one /64 of IPv6; 0 for no limit
 * @param origins the origins whose pages may connect, such as https://example.org:8443,
 * with * for any part of a host name (https://*.example.org) and :[*] for any port; null
 * for pages without an origin of their own, or * for all; a client that sends no Origin
 * is not a browser and may connect
 */
@Validated
@ConfigurationProperties("wsecho.limits")
record AdmissionLimits(@DefaultValue("20000") @Min(1) @Max(1_000_000) int sessions,
		@DefaultValue("0") @PositiveOrZero int sessionsPerAddress,
		@DefaultValue("*") @NotEmpty List<@Pattern(regexp = Origins.PATTERN,
				message = "must be scheme://host, scheme://host:port or scheme://host:[*], "
						+ "with * for any part of the host; or null, or * for all") String> origins) {

}
