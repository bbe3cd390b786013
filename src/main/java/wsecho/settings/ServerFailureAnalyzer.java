package wsecho.settings;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Reports a port or another bound that a server cannot have, or an address that it cannot
 * listen on. Spring Boot reports a port that is in use.
 */
final class ServerFailureAnalyzer implements FailureAnalyzer {

	private final Suspects suspects;

	/**
	 * Creates it.
	 * @param environment where the servers are set up
	 */
	ServerFailureAnalyzer(Environment environment) {
		this.suspects = new Suspects(environment, List.of("server", "management.server"));
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		Throwable cause = failure;
		while (isWrapper(cause) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
		return (cause instanceof IllegalArgumentException || root instanceof IOException) ? analysis(cause, root)
				: null;
	}

	private static boolean isWrapper(Throwable cause) {
		return cause instanceof ApplicationContextException
				|| (cause instanceof WebServerException && !(cause instanceof PortInUseException));
	}

	private FailureAnalysis analysis(Throwable cause, Throwable root) {
		String reason = cause.getMessage() + ((root != cause) ? ": " + root.getMessage() : "");
		return new FailureAnalysis("The server cannot be started. " + reason + "\n\n" + this.suspects.lines(reason),
				"Correct the property.", cause);
	}

}
