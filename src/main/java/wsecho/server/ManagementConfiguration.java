package wsecho.server;

import java.util.Objects;
import java.util.function.UnaryOperator;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.webflux.actuate.endpoint.web.WebFluxEndpointHandlerMapping;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import wsecho.memory.MemoryBudget;

/**
 * Sets up the management port, in the context that Boot makes for it (listed in
 * META-INF/spring). Not annotated as a configuration, or the component scan would find it
 * for the main port too.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementConfiguration {

	// FileLimit keeps files for them, and the budget does without them: they are few
	private static final int CONNECTIONS = 24;

	// the environment of this context has the process's variables before those of the
	// main
	// one, and so before the command line
	@Bean
	static BeanFactoryPostProcessor mainEnvironment(ConfigurableEnvironment environment, ApplicationContext context) {
		ConfigurableEnvironment main = (ConfigurableEnvironment) Objects.requireNonNull(context.getParent())
			.getEnvironment();
		return (beans) -> main.getPropertySources().forEach(environment.getPropertySources()::addLast);
	}

	@Bean
	Connections managementConnections(ConnectionLimits limits) {
		return new Connections(() -> CONNECTIONS, "which is its limit", new ConnectionDeadlines(limits.handshake()),
				new MemoryBudget(Long.MAX_VALUE));
	}

	@Bean
	ServerSetup managementSetup(HttpPipeline pipeline, Connections managementConnections) {
		return new ServerSetup(pipeline, managementConnections, UnaryOperator.identity());
	}

	// Boot's context for it has the mappings of the main port too
	@Bean
	WebFilter endpointsOnly(WebFluxEndpointHandlerMapping endpoints, ManagementServerProperties server,
			WebEndpointProperties web) {
		String basePath = server.getBasePath() + web.getBasePath();
		return (exchange, chain) -> endpoints.getHandler(exchange)
			.switchIfEmpty(Mono.error(() -> notFound(basePath)))
			.flatMap((endpoint) -> chain.filter(exchange));
	}

	private static ErrorResponseException notFound(String basePath) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
				"This is the management port, which serves the endpoints under " + basePath + "/ and nothing else. "
						+ "Sessions, the page and probes are on the main port (server.port).");
		return new ErrorResponseException(HttpStatus.NOT_FOUND, problem, null);
	}

}
