package wsecho.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Reports what is wrong with the settings of TLS, and which of them it is. */
final class TlsFailureAnalyzer implements FailureAnalyzer {

	private static final List<ConfigurationPropertyName> ROOTS = Stream
		.of("server.ssl", "management.server.ssl", "spring.ssl.bundle")
		.map(ConfigurationPropertyName::of)
		.toList();

	private static final List<String> PLACES = List.of("org.springframework.boot.ssl.",
			"org.springframework.boot.autoconfigure.ssl.", "org.springframework.boot.web.server.WebServerSslBundle",
			"org.springframework.boot.reactor.netty.SslServerCustomizer", TlsCheck.class.getName());

	private final Environment environment;

	/**
	 * Creates it.
	 * @param environment where TLS is set up
	 */
	TlsFailureAnalyzer(Environment environment) {
		this.environment = environment;
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
		return new FailureAnalysis("TLS cannot be set up. " + reason + "\n\n" + suspects(reason),
				"Correct what the property names, or the property.", causes.get(0));
	}

	// a cause's message is often the end of its consequence's already
	private static void addMessage(Set<String> messages, Throwable cause) {
		String message = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		if (messages.stream().noneMatch((each) -> each.contains(message))) {
			messages.add(message);
		}
	}

	private String suspects(String reason) {
		List<ConfigurationPropertyName> set = names();
		List<ConfigurationPropertyName> named = set.stream().filter((name) -> isNamed(name, reason)).toList();
		return (named.isEmpty() ? set : named).stream().map(this::line).collect(Collectors.joining("\n"));
	}

	private List<ConfigurationPropertyName> names() {
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.flatMap((source) -> (source instanceof IterableConfigurationPropertySource iterable) ? iterable.stream()
					: Stream.empty())
			.filter((name) -> ROOTS.stream().anyMatch((root) -> root.isAncestorOf(name)))
			.distinct()
			.toList();
	}

	private boolean isNamed(ConfigurationPropertyName name, String reason) {
		String noun = name.getLastElement(ConfigurationPropertyName.Form.DASHED).replace('-', ' ');
		return reason.toLowerCase(Locale.ROOT).contains(noun) || reason.contains("'" + value(name) + "'");
	}

	private String value(ConfigurationPropertyName name) {
		return this.environment.getProperty(name.toString(), "");
	}

	private String line(ConfigurationPropertyName name) {
		boolean secret = name.toString().endsWith("password") || value(name).contains("-----BEGIN");
		return "    %s=%s%s".formatted(name, secret ? "******" : value(name), Source.of(this.environment, name));
	}

}
