package wsecho.http;

import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.observation.ObservationPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import wsecho.handshake.SessionAdmission;
import wsecho.memory.MemoryBudget;
import wsecho.scenario.ReportSettings;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.HttpParameters;
import wsecho.scenario.parameter.Modifiers;
import wsecho.session.HostName;

/** Maps the paths of plain HTTP whose responses are sessions. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

	@Bean
	HttpPaths httpPaths(Caps caps, Modifiers modifiers, ReportSettings report) {
		return new HttpPaths(new HttpParameters(caps, modifiers), caps, report, HostName.get());
	}

	@Bean
	SessionResponses sessionResponses(SessionAdmission admission, MemoryBudget memory) {
		return new SessionResponses(admission, memory);
	}

	// after what refuses a handshake that is misplaced
	@Bean
	SimpleUrlHandlerMapping httpPathMapping(HttpPaths paths, SessionResponses responses) {
		Map<String, HttpPathHandler> handlers = paths.paths()
			.stream()
			.collect(Collectors.toMap(HttpPaths.Path::pattern, (path) -> new HttpPathHandler(path, responses)));
		return new SimpleUrlHandlerMapping(handlers, Ordered.HIGHEST_PRECEDENCE + 2);
	}

	// as with a handshake: the duration of a session says nothing of requests
	@Bean
	ObservationPredicate unobservedSessions(HttpPaths paths) {
		PathPattern[] patterns = paths.paths()
			.stream()
			.map((path) -> PathPatternParser.defaultInstance.parse(path.pattern()))
			.toArray(PathPattern[]::new);
		return (name, context) -> !(context instanceof ServerRequestObservationContext request
				&& isOneOf(patterns, request.getCarrier()));
	}

	private static boolean isOneOf(PathPattern[] patterns, @Nullable ServerHttpRequest request) {
		if (request == null) {
			return false;
		}
		PathContainer path = request.getPath().pathWithinApplication();
		for (PathPattern pattern : patterns) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

}
