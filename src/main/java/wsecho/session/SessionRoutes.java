package wsecho.session;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Tells who has a session's id how that session is, or how it ended. */
@Configuration(proxyBeanMethods = false)
class SessionRoutes {

	private final SessionIds ids;

	private final OpenSessions sessions;

	private final Ledger ledger;

	SessionRoutes(SessionIds ids, OpenSessions sessions, Ledger ledger) {
		this.ids = ids;
		this.sessions = sessions;
		this.ledger = ledger;
	}

	@Bean
	RouterFunction<ServerResponse> sessionReport() {
		return RouterFunctions.route().GET("/sessions/{id}", (request) -> Mono.defer(() -> respond(request))).build();
	}

	private Mono<ServerResponse> respond(ServerRequest request) {
		SessionId id = SessionId.of(request.pathVariable("id"));
		if (id == null) {
			throw problem(HttpStatus.BAD_REQUEST, "A session's id is " + SessionId.FORM + ".");
		}
		if (!this.ids.isOurs(id)) {
			throw misdirected();
		}
		SessionReport report = report(id);
		if (report == null) {
			throw problem(HttpStatus.NOT_FOUND, "There is no such session, or it ended too long ago.");
		}
		return ServerResponse.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").bodyValue(report);
	}

	private @Nullable SessionReport report(SessionId id) {
		Session open = this.sessions.find(id);
		// one that ends now is in both for a moment
		EndedSession ended = (open == null) ? this.ledger.find(id) : null;
		if (ended != null) {
			return SessionReport.of(ended);
		}
		return (open != null) ? SessionReport.of(open) : null;
	}

	// on a connection that is kept the next question would come here again
	private static ErrorResponseException misdirected() {
		ErrorResponseException problem = problem(HttpStatus.MISDIRECTED_REQUEST,
				"That session is, or was, another instance's of this service. Ask again on a new connection, "
						+ "which may lead there; an instance that has stopped takes its sessions' ends with it.");
		problem.getHeaders().set(HttpHeaders.CONNECTION, "close");
		return problem;
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
