package wsecho.scenario;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** Every WebSocket path, and what the server does there. */
@Configuration(proxyBeanMethods = false)
class Scenarios {

	// before the router, which would answer these paths with its own 404
	private static final int ORDER = -1;

	@Bean
	SimpleUrlHandlerMapping scenarioMapping() {
		return new SimpleUrlHandlerMapping(Map.of("/websocket", new Echo()), ORDER);
	}

}
