package wsecho.scenario;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** Every WebSocket path, and what the server does there. */
@Configuration(proxyBeanMethods = false)
class Scenarios {

	// before the router, which would answer these paths with its own 404, and before all
	// that would only cost each handshake a look
	@Bean
	SimpleUrlHandlerMapping scenarioMapping() {
		return new SimpleUrlHandlerMapping(Map.of("/websocket", new Echo()), Ordered.HIGHEST_PRECEDENCE);
	}

}
