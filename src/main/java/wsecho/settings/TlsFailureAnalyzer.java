package wsecho.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Reports what is wrong with the settings of TLS, and which of them it is. */
final class TlsFailureAnalyzer implements FailureAnalyzer {

	private static final List<String> ROOTS = List.of("server.ssl", "management.server.ssl", "spring.ssl.bundle");

	private static final List<String> PLACES = List.of("org.springframework.boot.ssl.",
			"org.springframework.boot.autoconfigure.ssl.", "org.springframework.boot.web.server.WebServerSslBundle",
			"org.springframework.boot.reactor.netty.SslServerCustomizer", TlsCheck.class.getName());

	private final Suspects suspects;

	/**
	 * Creates it.
	 * @param environment where TLS is set up
	 */
	TlsFailureAnalyzer(Environment environment) {
		this.suspects = new Suspects(environment, ROOTS);
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		List<Throwable> causes = new ArrayList<>();
		for (Throwable each = failure; each != null; each = each.getCause()) {
			causes.add(each);
		}
		List<Throwable> relevant = causes.stream().dropWhile((each) -> !isOfTls(each)).toList();
		return relevant.isEmpty() ? null : analysis(relevant);
	}

	// thrown there, not only on the way: the topmost frames are the JDK's or Spring's
	// assertions
	private static boolean isOfTls(Throwable cause) {
		return Stream.of(cause.getStackTrace())
			.limit(4)
			.anyMatch((frame) -> PLACES.stream().anyMatch(frame.getClassName()::startsWith));
	}

	private FailureAnalysis analysis(List<Throwable> causes) {
		Set<String> messages = new LinkedHashSet<>();
		causes.forEach((each) -> addMessage(messages, each));
		String reason = String.join(": ", messages);
		return new FailureAnalysis("TLS cannot be set up. " + reason + "\n\n" + this.suspects.lines(reason),
				"Correct what the property names, or the property.", causes.get(0));
	}

	// a cause's message is often the end of its consequence's already
	private static void addMessage(Set<String> messages, Throwable cause) {
		String message = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		if (messages.stream().noneMatch((each) -> each.contains(message))) {
			messages.add(message);
		}
	}

}
