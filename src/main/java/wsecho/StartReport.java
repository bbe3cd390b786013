package wsecho;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says in one line that the service has started, and where it listens. */
@Component
class StartReport {

	private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

	@EventListener
	void started(ApplicationReadyEvent event) {
		Environment environment = event.getApplicationContext().getEnvironment();
		Duration taken = event.getTimeTaken();
		LOG.info("Started in {} ms on port {}, management on port {}, Java {}", (taken != null) ? taken.toMillis() : -1,
				environment.getProperty("local.server.port"), environment.getProperty("local.management.port"),
				Runtime.version());
	}

}
