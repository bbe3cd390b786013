package wsecho.server;

import java.io.Serial;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that the decoder has let through, and that is refused all the same. */
final class RefusedRequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	RefusedRequestException(HttpResponseStatus status, String detail) {
		super(detail, null, false, false);
		this.problem = new Problem(status, detail);
	}

	Problem problem() {
		return this.problem;
	}

}
