package wsecho.http;

import java.util.Map;
import java.util.Objects;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import wsecho.scenario.parameter.Query;

/**
 * Opens the sessions of one path: a request is read, then refused or admitted and
 * answered.
 *
 * @param path the path
 * @param responses admits and answers
 */
record HttpPathHandler(HttpPaths.Path path, SessionResponses responses) implements WebHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.defer(() -> open(exchange)).doOnError((failure) -> {
			if (failure instanceof ErrorResponse refusal) {
				this.responses.admission().refused(refusal.getStatusCode().value());
			}
		});
	}

	private Mono<Void> open(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		requireMethod(request.getMethod());
		Query query = new Query(request.getURI().getRawQuery(), (name) -> pathVariable(exchange, name));
		Answer answer = this.path.answer().apply(query, request);
		query.requireNoFaults();
		return this.responses.open(exchange, this.path.transport(), null, answer, query.ignored());
	}

	private void requireMethod(HttpMethod method) {
		if (!this.path.methods().contains(method)) {
			throw new MethodNotAllowedException(method, this.path.methods());
		}
	}

	private static String pathVariable(ServerWebExchange exchange, String name) {
		Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return Objects.requireNonNull(variables.get(name));
	}

}
