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
import wsecho.handshake.NegotiatingHandler;
import wsecho.handshake.SessionDefaults;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Query;

/** Maps the WebSocket paths to their handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Caps.class)
class ScenarioConfiguration {

	@Bean
	Modifiers modifiers(Caps caps, SessionDefaults defaults) {
		return new Modifiers(caps, defaults);
	}

	@Bean
	Scenarios scenarios(Caps caps) throws UnknownHostException {
		return new Scenarios(caps, InetAddress.getLocalHost().getHostName());
	}

	// before the router, which would answer these paths with its own 404, and before all
	// that would only cost each handshake a look
	@Bean
	SimpleUrlHandlerMapping scenarioMapping(Scenarios scenarios, Modifiers modifiers) {
		Map<String, NegotiatingHandler> handlers = scenarios.paths()
			.stream()
			.collect(Collectors.toMap(Scenarios.Path::pattern, (path) -> handler(path, modifiers)));
		return new SimpleUrlHandlerMapping(handlers, Ordered.HIGHEST_PRECEDENCE);
	}

	private static NegotiatingHandler handler(Scenarios.Path path, Modifiers modifiers) {
		return (opening) -> {
			Query query = new Query(opening);
			return modifiers.negotiate(query, path.scenario().apply(query));
		};
	}

}
