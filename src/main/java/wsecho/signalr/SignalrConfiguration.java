package wsecho.signalr;

import java.util.Map;
import java.util.function.LongSupplier;

import io.micrometer.observation.ObservationPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import wsecho.handshake.SessionAdmission;
import wsecho.http.SessionResponses;
import wsecho.scenario.ReportSettings;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Modifiers;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.session.HostName;

/** Maps the paths of the hub. */
@Configuration(proxyBeanMethods = false)
class SignalrConfiguration {

	static final String PATH = "/signalr";

	static final String NEGOTIATE = PATH + "/negotiate";

	@Bean
	SignalrParameters signalrParameters(Caps caps, Modifiers modifiers) {
		return new SignalrParameters(caps, modifiers);
	}

	@Bean
	SignalrHub signalrHub(SignalrParameters parameters, Caps caps, SessionAdmission admission, ReportSettings report) {
		LongSupplier nanoTime = System::nanoTime;
		Tokens tokens = new Tokens(admission::newId, nanoTime, HostName.get());
		return new SignalrHub(parameters, caps, tokens, new HubConnections(tokens, nanoTime), report);
	}

	@Bean
	HandshakeMapping hubHandshakes(SignalrHub hub) {
		return new HandshakeMapping(new HubHandshake(hub));
	}

	// after what refuses a handshake that is misplaced
	@Bean
	SimpleUrlHandlerMapping hubRequests(SignalrHub hub, SessionResponses responses) {
		return new SimpleUrlHandlerMapping(
				Map.of(PATH, new HubHandler(hub, responses), NEGOTIATE, new NegotiateHandler(hub, responses)),
				Ordered.HIGHEST_PRECEDENCE + 2);
	}

	@Bean
	SignalrFilter signalrFilter(SignalrHub hub, SessionAdmission admission) {
		return new SignalrFilter(admission, hub.pod());
	}

	@Bean
	SignalrRefusals signalrRefusals(SessionAdmission admission) {
		return new SignalrRefusals(admission);
	}

	// the duration of a session, or of a poll, says nothing of requests
	@Bean
	ObservationPredicate unobservedTransports() {
		return (name, context) -> !(context instanceof ServerRequestObservationContext request
				&& isTransport(request.getCarrier()));
	}

	private static boolean isTransport(@Nullable ServerHttpRequest request) {
		return request != null && request.getMethod().equals(HttpMethod.GET) && request.getPath().value().equals(PATH);
	}

}
