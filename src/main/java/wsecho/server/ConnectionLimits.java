package wsecho.server;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.DurationRange;

/**
 * Bounds of every connection, on both ports.
 *
 * @param handshake how long a connection may be without a whole request (in its TLS
 * handshake, in a request's header, idle after an answer), and how long a request that is
 * no session may take until its answer has been read; from 1 s to 5 min
 */
@Validated
@ConfigurationProperties("wsecho.limits")
record ConnectionLimits(@DefaultValue("10s") @DurationRange(min = "1s", max = "5m") Duration handshake) {

}
