package wsecho.memory;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The budget of the process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MemoryLimits.class)
class MemoryConfiguration {

	@Bean
	MemoryBudget memoryBudget(MemoryLimits limits) {
		return new MemoryBudget(limits.budget());
	}

	@Bean
	MeterBinder memoryMetrics(MemoryBudget budget) {
		return (meters) -> {
			Gauge.builder("wsecho.memory.used", budget, MemoryBudget::used)
				.description("Memory that is held for clients")
				.baseUnit(BaseUnits.BYTES)
				.register(meters);
			Gauge.builder("wsecho.memory.limit", budget, MemoryBudget::limit)
				.description("Memory that may be held for clients")
				.baseUnit(BaseUnits.BYTES)
				.register(meters);
		};
	}

}
