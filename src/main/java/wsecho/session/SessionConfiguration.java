package wsecho.session;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that look after sessions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SessionLimits.class, KeepAlive.class, Drain.class })
class SessionConfiguration {

	@Bean
	Registry sessionRegistry(SessionLimits limits, MeterRegistry meters) {
		return new Registry(limits, new SessionMetrics(meters), new Ledger(Clock.systemUTC()));
	}

	@Bean
	static MeterFilter descriptions() {
		return new Descriptions();
	}

	@Bean
	SessionsEndpoint sessionsEndpoint(Registry registry) {
		return new SessionsEndpoint(registry);
	}

	@Bean
	SessionDrain sessionDrain(Registry registry, Drain drain) {
		return new SessionDrain(registry, drain);
	}

}
