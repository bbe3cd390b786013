package wsecho.session;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that look after sessions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SessionLimits.class, KeepAlive.class, Drain.class })
class SessionConfiguration {

	@Bean
	Registry sessionRegistry(SessionLimits limits, MeterRegistry meters) {
		return new Registry(limits, new SessionMetrics(meters));
	}

	@Bean
	SessionRounds sessionRounds(Registry registry, KeepAlive keepAlive, SessionLimits limits) {
		return new SessionRounds(registry, keepAlive, limits.age());
	}

	@Bean
	SessionDrain sessionDrain(Registry registry, Drain drain) {
		return new SessionDrain(registry, drain);
	}

}
