package wsecho.scenario;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;
import wsecho.handshake.ServerHandshake;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Defaults;
import wsecho.scenario.parameter.Query;
import wsecho.session.SessionLimits;

/** Has WebFlux answer the WebSocket paths. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ Caps.class, Defaults.class })
class ScenarioConfiguration {

	@Bean
	Modifiers modifiers(Caps caps, Defaults defaults, SessionLimits limits) {
		return new Modifiers(caps, defaults.compression(), limits.messageSize());
	}

	@Bean
	Scenarios scenarios(Caps caps) throws UnknownHostException {
		return new Scenarios(caps, InetAddress.getLocalHost().getHostName());
	}

	// before the router, which would answer these paths with its own 404, and before all
	// that would only cost each handshake a look
	@Bean
	SimpleUrlHandlerMapping scenarioMapping(Scenarios scenarios, Modifiers modifiers, ServerHandshake handshake) {
		Map<String, WebHandler> handlers = scenarios.paths()
			.stream()
			.collect(Collectors.toMap(Scenarios.Path::pattern, (path) -> handler(path, modifiers, handshake)));
		return new SimpleUrlHandlerMapping(handlers, Ordered.HIGHEST_PRECEDENCE);
	}

	private static WebHandler handler(Scenarios.Path path, Modifiers modifiers, ServerHandshake handshake) {
		return (exchange) -> handshake.open(exchange, (opening) -> {
			Query query = new Query(opening);
			return modifiers.terms(query, path.scenario().apply(query));
		});
	}

}
