package wsecho.session;

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import wsecho.handshake.SessionAdmission;

/**
 * Lets the pages that may connect read an answer too (Fetch Standard, CORS protocol). Who
 * has the id of a session or the name of an attempt may know of it.
 */
public final class AllowedReaders {

	private final SessionAdmission admission;

	public AllowedReaders(SessionAdmission admission) {
		this.admission = admission;
	}

	/** Adds what a browser has to see in an answer. */
	public ServerResponse.BodyBuilder allow(ServerRequest request, ServerResponse.BodyBuilder response) {
		List<String> origins = request.headers().header(HttpHeaders.ORIGIN);
		if (origins.size() == 1 && this.admission.isAllowed(origins.get(0))) {
			response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origins.get(0));
		}
		return response.varyBy(HttpHeaders.ORIGIN);
	}

}
