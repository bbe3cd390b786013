package wsecho.session;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionAdmission;

/** Answers whoever has a session's id: what has gone through it, and how it ended. */
@Configuration(proxyBeanMethods = false)
class SessionRoutes {

	private final SessionIds ids;

	private final OpenSessions sessions;

	private final Ledger ledger;

	private final AllowedReaders readers;

	SessionRoutes(SessionIds ids, OpenSessions sessions, Ledger ledger, SessionAdmission admission) {
		this.ids = ids;
		this.sessions = sessions;
		this.ledger = ledger;
		this.readers = new AllowedReaders(admission);
	}

	@Bean
	RouterFunction<ServerResponse> sessionReport() {
		return RouterFunctions.route().GET("/sessions/{id}", (request) -> Mono.defer(() -> respond(request))).build();
	}

	private Mono<ServerResponse> respond(ServerRequest request) {
		SessionId id = SessionId.of(request.pathVariable("id"));
		if (id == null) {
			return problem(request, HttpStatus.BAD_REQUEST, "A session's id is " + SessionId.FORM + ".");
		}
		if (!this.ids.isOurs(id)) {
			return misdirected(request);
		}
		SessionReport report = report(id);
		if (report == null) {
			return problem(request, HttpStatus.NOT_FOUND, "There is no such session, or it ended too long ago.");
		}
		return response(request, HttpStatus.OK).bodyValue(report);
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

	// on a connection that is kept the next request would come here again
	private Mono<ServerResponse> misdirected(ServerRequest request) {
		HttpStatus status = HttpStatus.MISDIRECTED_REQUEST;
		return problem(response(request, status).header(HttpHeaders.CONNECTION, "close"), status,
				"That session belongs to another instance of this service. Ask again on a new connection, "
						+ "which may lead there; an instance that has stopped no longer knows its sessions.");
	}

	private Mono<ServerResponse> problem(ServerRequest request, HttpStatus status, String detail) {
		return problem(response(request, status), status, detail);
	}

	// not thrown: anybody may ask, and a stack trace costs more than the answer
	private static Mono<ServerResponse> problem(ServerResponse.BodyBuilder response, HttpStatus status, String detail) {
		return response.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyValue(ProblemDetail.forStatusAndDetail(status, detail));
	}

	private ServerResponse.BodyBuilder response(ServerRequest request, HttpStatus status) {
		return this.readers.allow(request, ServerResponse.status(status).cacheControl(CacheControl.noStore()));
	}

}
