package wsecho.server;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import wsecho.handshake.Attempt;

/**
 * Makes problem documents (RFC 9457) of refusals, in place of Boot's: WebFlux would take
 * the path for a reference, which fails for two slashes alone.
 */
@ControllerAdvice
class RefusalProblems extends ResponseEntityExceptionHandler {

	private static final String NOTHING_THERE = "There is nothing at this path. / is the page of this service, and "
			+ "/api describes its WebSocket paths.";

	@Override
	protected Mono<ResponseEntity<Object>> createResponseEntity(@Nullable Object body, @Nullable HttpHeaders headers,
			HttpStatusCode status, ServerWebExchange exchange) {
		if (body instanceof ProblemDetail problem) {
			if (problem.getDetail() == null && status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
				problem.setDetail(NOTHING_THERE);
			}
			Attempt.refused(exchange, problem.getDetail());
			if (problem.getInstance() == null) {
				problem.setInstance(reference(exchange.getRequest().getPath().value()));
			}
			return super.createResponseEntity(body, typed(headers), status, exchange);
		}
		return super.createResponseEntity(body, headers, status, exchange);
	}

	// to a client that accepts only events WebFlux would write it as one
	private static HttpHeaders typed(@Nullable HttpHeaders headers) {
		HttpHeaders typed = new HttpHeaders();
		if (headers != null) {
			typed.putAll(headers);
		}
		typed.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return typed;
	}

	// RFC 3986, 4.2: a reference that begins with two slashes names a host
	private static URI reference(String path) {
		return URI.create(path.startsWith("//") ? "/." + path : path);
	}

}
