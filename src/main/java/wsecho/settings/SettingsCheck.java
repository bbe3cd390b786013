package wsecho.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** Stops the start, before anything else is done, if a setting is misspelt. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		List<String> problems = problems(context.getEnvironment());
		if (!problems.isEmpty()) {
			throw new BadSettingsException(problems);
		}
	}

	private static List<String> problems(ConfigurableEnvironment environment) {
		List<Setting> own = SettingsMetadata.own();
		// a source may be reached by several ways
		Set<String> problems = new LinkedHashSet<>();
		environment.getPropertySources().forEach((source) -> {
			if (source instanceof CommandLinePropertySource<?> commandLine) {
				problems.addAll(CommandLine.problems(commandLine));
			}
		});
		ConfigurationPropertySources.get(environment)
			.forEach((source) -> problems.addAll(OwnProperties.unknown(source, own)));
		problems.addAll(OwnProperties.withoutUnit(environment, own));
		return List.copyOf(problems);
	}

}
