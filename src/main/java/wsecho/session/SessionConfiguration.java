package wsecho.session;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import wsecho.memory.MemoryBudget;

/** The sessions that are open and those that have ended. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ AgeLimit.class, KeepAliveSettings.class })
class SessionConfiguration {

	@Bean
	SessionIds sessionIds() {
		return new SessionIds();
	}

	@Bean
	Ledger ledger() {
		return new Ledger(System::nanoTime);
	}

	@Bean
	OpenSessions openSessions(SessionIds ids, Ledger ledger, KeepAliveSettings keepAlive, AgeLimit age,
			MeterRegistry meters) {
		return new OpenSessions(ids, ledger, keepAlive, age, new SessionMetrics(meters));
	}

	@Bean
	MemoryRelief memoryRelief(MemoryBudget memory, OpenSessions sessions) {
		return new MemoryRelief(memory, sessions);
	}

	@Bean
	static MeterFilter descriptions() {
		return new Descriptions();
	}

	@Bean
	SessionsEndpoint sessionsEndpoint(OpenSessions sessions, Ledger ledger) {
		return new SessionsEndpoint(sessions, ledger);
	}

}
