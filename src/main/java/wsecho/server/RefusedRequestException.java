package wsecho.server;

import java.io.Serial;

/** A request that the decoder has let through, and that is refused all the same. */
final class RefusedRequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	RefusedRequestException(Problem problem) {
		super(problem.detail(), null, false, false);
		this.problem = problem;
	}

	Problem problem() {
		return this.problem;
	}

}
