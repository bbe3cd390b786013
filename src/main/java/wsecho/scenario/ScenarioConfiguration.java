package wsecho.scenario;

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
import wsecho.scenario.parameter.Modifiers;
import wsecho.session.HostName;

/** Maps the WebSocket paths to their handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ Caps.class, ReportSettings.class })
class ScenarioConfiguration {

	@Bean
	Modifiers modifiers(Caps caps, SessionDefaults defaults) {
		return new Modifiers(caps, defaults);
	}

	@Bean
	Scenarios scenarios(Caps caps, ReportSettings report) {
		return new Scenarios(caps, report, HostName.get());
	}

	// before the router, which would answer these paths with 404, and before all others,
	// so that a handshake is not matched against them
	@Bean
	SimpleUrlHandlerMapping scenarioMapping(Scenarios scenarios, Modifiers modifiers, Caps caps) {
		Map<String, NegotiatingHandler> handlers = scenarios.paths()
			.stream()
			.collect(
					Collectors.toMap(Scenarios.Path::pattern, (path) -> new NegotiatedScenario(path, modifiers, caps)));
		return new SimpleUrlHandlerMapping(handlers, Ordered.HIGHEST_PRECEDENCE);
	}

}
