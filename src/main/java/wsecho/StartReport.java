package wsecho;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says in one line that the service has started, where it listens, and where with TLS.
 */
@Component
class StartReport {

	private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

	@EventListener
	void started(ApplicationReadyEvent event) {
		Environment environment = event.getApplicationContext().getEnvironment();
		Duration taken = event.getTimeTaken();
		LOG.info("Started in {} ms on port {}, {}, Java {}", (taken != null) ? taken.toMillis() : -1, main(environment),
				management(environment), Runtime.version());
	}

	private static String main(Environment environment) {
		return environment.getProperty("local.server.port")
				+ (hasTls(environment, "server.ssl", false) ? " (TLS)" : "");
	}

	private static String management(Environment environment) {
		String port = environment.getProperty("local.management.port");
		if (port == null) {
			return "no management";
		}
		// without settings of its own Spring Boot gives it the TLS of the main port
		boolean tls = hasTls(environment, "management.server.ssl", hasTls(environment, "server.ssl", false));
		return "management on port " + port + (tls ? " (TLS; management.server.ssl.enabled=false keeps it plain)" : "");
	}

	private static boolean hasTls(Environment environment, String prefix, boolean otherwise) {
		Ssl ssl = Binder.get(environment).bind(prefix, Ssl.class).orElse(null);
		return (ssl != null) ? ssl.isEnabled() : otherwise;
	}

}
