package wsecho.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What was set of {@code wsecho.*}, in whatever source. */
final class OwnProperties {

	// what Kubernetes tells a pod of a Service whose name begins with wsecho
	private static final Pattern SERVICE_LINK = Pattern
		.compile("wsecho(\\.[a-z0-9]+)*?\\.(service\\.host|service\\.port.*|port(\\.?\\[?\\d+]?\\.(tcp|udp|sctp).*)?)");

	private static final Pattern NO_UNIT = Pattern.compile("[+-]?0*[1-9]\\d*");

	private OwnProperties() {
	}

	/**
	 * Looks for names that are none.
	 * @param source where to
	 * @param known the settings that there are
	 * @return a sentence each
	 */
	static List<String> unknown(ConfigurationPropertySource source, List<Setting> known) {
		if (!(source instanceof IterableConfigurationPropertySource iterable)) {
			return List.of();
		}
		boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		return iterable.stream()
			.filter(Setting::isOwn)
			.filter((name) -> known.stream().noneMatch((each) -> each.covers(name)))
			.filter((name) -> !variables || !isVariable(name, known))
			.map((name) -> "%s is not a setting%s. The nearest is %s.".formatted(name, Source.of(source, name),
					Nearest.to(name, known)))
			.toList();
	}

	// Spring Boot takes WSECHO_KEEP_ALIVE_INTERVAL as it takes WSECHO_KEEPALIVE_INTERVAL
	private static boolean isVariable(ConfigurationPropertyName name, List<Setting> known) {
		return SERVICE_LINK.matcher(name.toString()).matches()
				|| known.stream().anyMatch((each) -> letters(each.name()).equals(letters(name)));
	}

	private static String letters(ConfigurationPropertyName name) {
		return name.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
	}

	/**
	 * Looks for durations and sizes that are numbers.
	 * @param environment where they are set
	 * @param known the settings that there are
	 * @return a sentence each
	 */
	static List<String> withoutUnit(ConfigurableEnvironment environment, List<Setting> known) {
		return known.stream()
			.filter(Setting::hasUnit)
			.filter((each) -> NO_UNIT.matcher(environment.getProperty(each.name().toString(), "").strip()).matches())
			.map((each) -> each.refusal(environment.getProperty(each.name().toString(), ""),
					Source.of(environment, each.name()), "it takes " + each.form()))
			.toList();
	}

}
