package wsecho.server;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of an HTTP/2 connection.
 *
 * @param streams how many streams, sessions too, may be open at once
 * (SETTINGS_MAX_CONCURRENT_STREAMS; RFC 9113, 6.5.2); from 1 to 10,000
 * @param rapidResets how many streams may be reset in their first second within 30 s; one
 * more ends the connection (ENHANCE_YOUR_CALM); from 1 to 100,000
 */
@Validated
@ConfigurationProperties("wsecho.http2")
record Http2Limits(@DefaultValue("100") @Min(1) @Max(10_000) int streams,
		@DefaultValue("200") @Min(1) @Max(100_000) int rapidResets) {

}
