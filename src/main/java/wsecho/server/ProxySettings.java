package wsecho.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is in front of the service.
 *
 * @param proxyProtocol whether each connection to the main port has to begin with a
 * header of the PROXY protocol, version 1 or 2, that names its client: off or required.
 * Only behind a load balancer that always sends it
 */
@ConfigurationProperties("wsecho")
record ProxySettings(@DefaultValue("off") Mode proxyProtocol) {

	/** Whether the PROXY protocol is spoken. */
	enum Mode {

		/** A connection that begins with it is refused. */
		OFF,
		/** A connection that does not is refused: anybody could name any address. */
		REQUIRED

	}

}
