package wsecho.session.drain;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import wsecho.session.OpenSessions;
import wsecho.session.admission.Admission;

/** The part that ends sessions when the service stops. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainSettings.class)
class DrainConfiguration {

	@Bean
	Drain drain(Admission admission, OpenSessions sessions, DrainSettings settings) {
		return new Drain(admission, sessions, settings);
	}

}
