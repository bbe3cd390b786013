package wsecho.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import wsecho.handshake.Printable;
import wsecho.logging.OncePerMinute;

/**
 * Answers a failure that nobody has handled with a problem document (RFC 9457), in place
 * of Boot's error page, whose line in the log has the client's query.
 */
final class UnhandledFailures implements ErrorWebExceptionHandler, Ordered {

	private static final Logger LOG = LoggerFactory.getLogger(UnhandledFailures.class);

	private static final String DETAIL = "The request failed by a fault of the service. Its log has the cause.";

	private final OncePerMinute logged = new OncePerMinute();

	// as Boot's: before the handlers that answer with an empty body
	@Override
	public int getOrder() {
		return -1;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(failure);
		}
		// WebFlux would log a 500; the end of the connection, which follows, cancels it.
		// This service asks no other, which could be the one that is gone
		if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			return Mono.never();
		}
		Problem problem = problem(failure, response);
		response.setRawStatusCode(problem.status().code());
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(problem.json())));
	}

	private Problem problem(Throwable failure, ServerHttpResponse response) {
		if (failure instanceof ErrorResponse known
				&& !known.getStatusCode().isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)) {
			response.getHeaders().putAll(known.getHeaders());
			return new Problem(HttpResponseStatus.valueOf(known.getStatusCode().value()),
					String.valueOf(known.getBody().getDetail()));
		}
		if (this.logged.isDue()) {
			LOG.error("A request failed; others that do within a minute are not logged", withoutRequest(failure));
		}
		return new Problem(HttpResponseStatus.INTERNAL_SERVER_ERROR, DETAIL);
	}

	// Reactor adds the request line as a suppressed exception
	private static Throwable withoutRequest(Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		Throwable copy = new IllegalStateException(Printable.of(cause.toString()));
		copy.setStackTrace(cause.getStackTrace());
		return copy;
	}

}
