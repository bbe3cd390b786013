package wsecho.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** The properties that a failed start may be due to, of those that are set. */
final class Suspects {

	private final Environment environment;

	private final List<ConfigurationPropertyName> roots;

	/**
	 * Creates it.
	 * @param environment where they are set
	 * @param roots what their names begin with
	 */
	Suspects(Environment environment, List<String> roots) {
		this.environment = environment;
		this.roots = roots.stream().map(ConfigurationPropertyName::of).toList();
	}

	/**
	 * Those that a failure names, by their name or their value; all if it names none.
	 * @param reason the failure's message
	 * @return a line each, with the value and where it was set
	 */
	String lines(String reason) {
		List<ConfigurationPropertyName> set = names();
		List<ConfigurationPropertyName> named = set.stream().filter((name) -> isNamed(name, reason)).toList();
		return (named.isEmpty() ? set : named).stream().map(this::line).collect(Collectors.joining("\n"));
	}

	private List<ConfigurationPropertyName> names() {
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.flatMap((source) -> (source instanceof IterableConfigurationPropertySource iterable) ? iterable.stream()
					: Stream.empty())
			.filter((name) -> this.roots.stream().anyMatch((root) -> root.isAncestorOf(name)))
			.distinct()
			.toList();
	}

	private boolean isNamed(ConfigurationPropertyName name, String reason) {
		String noun = name.getLastElement(ConfigurationPropertyName.Form.DASHED).replace('-', ' ');
		return reason.toLowerCase(Locale.ROOT).contains(noun)
				|| (!value(name).isEmpty() && hasWord(reason, value(name)));
	}

	private static boolean hasWord(String text, String word) {
		return Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)").matcher(text).find();
	}

	private String value(ConfigurationPropertyName name) {
		return this.environment.getProperty(name.toString(), "");
	}

	private String line(ConfigurationPropertyName name) {
		boolean secret = name.toString().endsWith("password") || value(name).contains("-----BEGIN");
		return "    %s=%s%s".formatted(name, secret ? "******" : value(name), Source.of(this.environment, name));
	}

}
