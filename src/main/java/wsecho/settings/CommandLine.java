package wsecho.settings;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.util.StringUtils;

/** What was written after {@code java -jar wsecho.jar}. */
final class CommandLine {

	private CommandLine() {
	}

	/**
	 * Looks for what neither the service nor Spring Boot knows. The service's own
	 * settings are checked in every source, and so not here.
	 * @param commandLine the arguments
	 * @return a sentence each
	 */
	static List<String> problems(CommandLinePropertySource<?> commandLine) {
		return Stream.concat(arguments(commandLine), options(commandLine)).toList();
	}

	private static Stream<String> arguments(CommandLinePropertySource<?> commandLine) {
		String arguments = commandLine.getProperty(CommandLinePropertySource.DEFAULT_NON_OPTION_ARGS_PROPERTY_NAME);
		return StringUtils.commaDelimitedListToSet(arguments)
			.stream()
			.map((each) -> "\"%s\" is not an option. Options are written --name=value.".formatted(each));
	}

	private static Stream<String> options(CommandLinePropertySource<?> commandLine) {
		List<String> names = Stream.of(commandLine.getPropertyNames())
			.filter((name) -> !name.equals(CommandLinePropertySource.DEFAULT_NON_OPTION_ARGS_PROPERTY_NAME))
			.filter((name) -> !Setting.isOwn(canonical(name)))
			.toList();
		List<Setting> known = names.isEmpty() ? List.of() : SettingsMetadata.all();
		return names.stream()
			.filter((name) -> known.stream().noneMatch((each) -> each.covers(canonical(name))))
			.map((name) -> "--%s is not an option of wsecho or of Spring Boot. The nearest is --%s.".formatted(name,
					Nearest.to(canonical(name), known)));
	}

	private static ConfigurationPropertyName canonical(String option) {
		return ConfigurationPropertyName.adapt(option, '.');
	}

}
