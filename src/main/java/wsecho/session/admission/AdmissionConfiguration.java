package wsecho.session.admission;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import wsecho.memory.MemoryBudget;
import wsecho.session.OpenSessions;

/** The part that admits sessions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdmissionLimits.class)
class AdmissionConfiguration {

	@Bean
	Admission admission(AdmissionLimits limits, OpenSessions sessions, MemoryBudget memory, MeterRegistry meters) {
		return new Admission(limits, sessions, memory, new RefusalMetrics(meters));
	}

}
