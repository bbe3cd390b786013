package wsecho.settings;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** What {@code --help} and {@code --version} answer. */
public final class Usage {

	private static final Set<String> SHOWN = Set.of("server.port", "server.address", "server.ssl.bundle",
			"management.server.port", "management.server.address");

	private static final int LINE = 90;

	private static final String HELP = """

			A WebSocket echo and a probe of the path to it. The page on the port below shows the
			paths and their parameters, /api lists them; README.md tells the rest.

			Usage: java -jar wsecho.jar [--name=value ...]
			       ./mvnw spring-boot:run -Dspring-boot.run.arguments="--name=value ..."

			A setting can be given in several places, of which the first that has it wins:
			  option             --wsecho.limits.message-size=1MB
			  system property    java -Dwsecho.limits.message-size=1MB -jar wsecho.jar
			  environment        WSECHO_LIMITS_MESSAGESIZE=1MB
			  file               wsecho.limits.message-size: 1MB
			                     in ./application.yaml or ./config/application.yaml, or in one
			                     that --spring.config.additional-location=file:... names
			Durations have a unit (500ms, 10s, 5m, 1h, 1d), and so have sizes (128B, 64KB, 1MB).

			Settings, with their defaults (Spring Boot's own can be given too):
			""";

	private Usage() {
	}

	/**
	 * Answers, if that is what was asked for.
	 * @param arguments the command line
	 * @param out where to
	 * @return whether it was
	 */
	public static boolean answers(List<String> arguments, PrintStream out) {
		if (arguments.contains("--help") || arguments.contains("-h")) {
			out.println(version() + "\n" + HELP);
			settings().forEach((setting) -> out.println(entry(setting)));
			return true;
		}
		if (arguments.contains("--version")) {
			out.println(version());
			return true;
		}
		return false;
	}

	private static String version() {
		String version = Usage.class.getPackage().getImplementationVersion();
		return "wsecho " + Objects.requireNonNullElse(version, "(not packaged)") + ", Java " + Runtime.version();
	}

	private static Stream<Setting> settings() {
		return SettingsMetadata.all()
			.stream()
			.filter((each) -> Setting.isOwn(each.name()) || SHOWN.contains(each.name().toString()));
	}

	private static String entry(Setting setting) {
		String byDefault = defaultOf(setting);
		String name = "  " + setting.name();
		if (byDefault.isEmpty()) {
			return name + "\n" + wrapped(setting.description());
		}
		return (name.length() + byDefault.length() < LINE)
				? name + "=" + byDefault + "\n" + wrapped(setting.description())
				: name + "\n" + wrapped(setting.description() + ". Default: " + byDefault);
	}

	// the service has other defaults than Spring Boot for some of its settings
	private static String defaultOf(Setting setting) {
		return file().map((each) -> each.getProperty(setting.name().toString()))
			.filter(Objects::nonNull)
			.findFirst()
			.map(Object::toString)
			.orElse(orEmpty(setting.defaultValue()));
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	private static Stream<PropertySource<?>> file() {
		try {
			return new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String wrapped(String text) {
		return text.replaceAll("(.{1,80})(?: |$)", "      $1\n").stripTrailing();
	}

}
