package wsecho.scenario.parameter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for sessions that say nothing of it.
 *
 * @param compression whether an offer of permessage-deflate (RFC 7692) is accepted
 */
@ConfigurationProperties("wsecho")
public record Defaults(@DefaultValue("false") boolean compression) {

}
