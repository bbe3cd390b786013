package wsecho.session.attempt;

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
import wsecho.handshake.Attempt;
import wsecho.handshake.SessionAdmission;
import wsecho.session.AllowedReaders;
import wsecho.session.HostName;

/** Answers whoever has an attempt's name: what of it reached this instance. */
@Configuration(proxyBeanMethods = false)
class AttemptRoutes {

	private final Attempts attempts = new Attempts(System::nanoTime);

	private final String pod = HostName.get();

	private final AllowedReaders readers;

	AttemptRoutes(SessionAdmission admission) {
		this.readers = new AllowedReaders(admission);
	}

	@Bean
	AttemptWitness attemptWitness() {
		return new AttemptWitness(this.attempts, this.pod);
	}

	@Bean
	RouterFunction<ServerResponse> attemptReport() {
		return RouterFunctions.route()
			.GET("/attempts/{attempt}", (request) -> Mono.defer(() -> respond(request)))
			.build();
	}

	private Mono<ServerResponse> respond(ServerRequest request) {
		String name = request.pathVariable("attempt");
		if (!Attempt.isName(name)) {
			return problem(request, HttpStatus.BAD_REQUEST, "An attempt's name is " + Attempt.ACCEPTS + ".");
		}
		AttemptReport report = this.attempts.find(name);
		return (report != null) ? response(request, HttpStatus.OK).bodyValue(report)
				: problem(request, HttpStatus.NOT_FOUND,
						"No request with this attempt has reached this instance within the last 10 minutes. Something "
								+ "on the way has answered it or lost it, or it went to another instance of this "
								+ "service: ask again on a new connection, which may lead there.");
	}

	// on a connection that is kept the next request would come here again
	private Mono<ServerResponse> problem(ServerRequest request, HttpStatus status, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setProperty("pod", this.pod);
		return response(request, status).header(HttpHeaders.CONNECTION, "close")
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyValue(problem);
	}

	private ServerResponse.BodyBuilder response(ServerRequest request, HttpStatus status) {
		return this.readers.allow(request, ServerResponse.status(status).cacheControl(CacheControl.noStore()));
	}

}
