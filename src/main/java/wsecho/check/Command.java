package wsecho.check;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the path check. */
@CommandLine.Command(name = "check", description = "Finds out what the path to a wsecho does to WebSockets.",
		mixinStandardHelpOptions = true, versionProvider = Command.Version.class, sortOptions = false,
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:nothing failed", "1:a check failed", "2:a bad argument",
				"3:could not check: no connection, or a failure of the command", "130:interrupted" })
public final class Command implements Callable<Integer> {

	private static final int COULD_NOT_CHECK = 3;

	private static final Duration SHORTEST = Duration.ofSeconds(3);

	private static final Duration LONGEST = Duration.ofMinutes(15);

	private static final Duration MAX_PING = Duration.ofSeconds(25);

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "URL", description = "Root of the service, such as wss://echo.example.org/",
			arity = "0..1")
	private @Nullable String url;

	@Option(names = "--only", paramLabel = "ID", split = ",", description = "Run these checks, and what they need.")
	private List<String> only = List.of();

	@Option(names = "--skip", paramLabel = "ID", split = ",", description = "Do not run these checks.")
	private List<String> skip = List.of();

	@Option(names = "--idle", paramLabel = "TIME", defaultValue = "65s", converter = IdleConverter.class,
			description = "How long sessions are left idle: from 3s to 15m, 0 for no such check (default: ${DEFAULT-VALUE}).")
	private Duration idle = Duration.ZERO;

	@Option(names = "--strict", description = "Exit with 1 if something was changed or cannot be told, too.")
	private boolean strict;

	@Option(names = "--json", description = "Print one JSON document.")
	private boolean json;

	@Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit report too.")
	private @Nullable Path junit;

	@Option(names = "--quiet", description = "Leave out what passed.")
	private boolean quiet;

	@Option(names = "--no-color", description = "No colours, as with NO_COLOR in the environment.")
	private boolean noColour;

	@Option(names = "--cacert", paramLabel = "FILE",
			description = "Trust these certificates (PEM) in place of the JDK's.")
	private @Nullable File authorities;

	@Option(names = "--insecure", description = "Trust any certificate.")
	private boolean insecure;

	@Option(names = "--list", description = "List the checks.")
	private boolean list;

	/**
	 * Runs the command.
	 * @param arguments those after its name
	 * @return the exit code
	 */
	public static int run(List<String> arguments) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		System.setOut(out);
		return new CommandLine(new Command()).setParameterExceptionHandler(Command::explain)
			.setExecutionExceptionHandler(Command::explain)
			.execute(arguments.toArray(String[]::new));
	}

	private static int explain(ParameterException failure, String... arguments) {
		System.err.println(failure.getMessage() + "\ncheck --help lists all options.");
		return CommandLine.ExitCode.USAGE;
	}

	private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
		System.err.println("The check could not be run: " + failure);
		return COULD_NOT_CHECK;
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.list) {
			Table.load().checks().forEach((check) -> System.out.printf("%-20s%s%n", check.id(), check.asks()));
			return 0;
		}
		Target target = target();
		TextOutput text = this.json ? null
				: new TextOutput(System.out, !this.noColour && Terminal.hasColours(System.getenv()), this.quiet);
		// the table takes a second to load, and only names of checks have to wait for it
		boolean named = !this.only.isEmpty() || !this.skip.isEmpty();
		if (text != null && !named) {
			text.begin(target, Version.text());
		}
		Table table = Table.load();
		Selection selection = selection(table);
		if (text != null && named) {
			text.begin(target, Version.text());
		}
		Run run = new Run(Version.text(), target, text, Terminal.is(2) ? System.err : null);
		int code = check(target, run, (client) -> new Runner(client, table, values(), selection, run));
		if (this.junit != null && code == 0) {
			JunitOutput.write(this.junit, target, run.results());
		}
		return (code == 0) ? new Summary(run.results()).exitCode(this.strict) : code;
	}

	private Target target() {
		try {
			return Target.of(Objects.requireNonNull(this.url, "it is missing"));
		}
		catch (IllegalArgumentException | NullPointerException ex) {
			throw new ParameterException(this.spec.commandLine(),
					"URL: " + ex.getMessage() + ". Give the root of the service, such as wss://echo.example.org/", ex);
		}
	}

	private int check(Target target, Run run, Function<Client, Runner> runner)
			throws IOException, InterruptedException {
		// Netty would take Logback, which prints all there is unless Spring Boot sets it
		// up
		InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
		try (Client client = new Client(target, this.authorities, this.insecure)) {
			if (!isReachable(client)) {
				return COULD_NOT_CHECK;
			}
			Thread interrupted = new Thread(() -> run.finish(false, System.out));
			Runtime.getRuntime().addShutdownHook(interrupted);
			runner.apply(client).run();
			run.finish(true, System.out);
			Runtime.getRuntime().removeShutdownHook(interrupted);
			return 0;
		}
	}

	private Selection selection(Table table) {
		try {
			return Selection.of(table, this.only, this.skip);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(), "--only, --skip: " + ex.getMessage(), ex);
		}
	}

	private static boolean isReachable(Client client) throws InterruptedException {
		try {
			client.probe();
			return true;
		}
		catch (IOException ex) {
			System.err.println("No connection to " + client.target() + ": " + ex.getMessage()
					+ ". Nothing could be checked; see that the address is right and reachable from here.");
			return false;
		}
	}

	private Values values() {
		long ping = Math.max(1, Math.min(MAX_PING.toSeconds(), this.idle.toSeconds() / 3));
		return new Values(Map.of("idle", this.idle.toMillis(), "ping", ping + "s"));
	}

	/** Reads an idle time. */
	static final class IdleConverter implements CommandLine.ITypeConverter<Duration> {

		@Override
		public Duration convert(String text) {
			if (text.equals("0")) {
				return Duration.ZERO;
			}
			if (text.matches("\\d{1,4}[sm]")) {
				Duration time = Duration.parse("PT" + text);
				if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
					return time;
				}
			}
			throw new CommandLine.TypeConversionException("'" + text + "' is not 0, or from 3s to 15m");
		}

	}

	/** Tells the version of the jar. */
	static final class Version implements CommandLine.IVersionProvider {

		// only a jar has one
		static String text() {
			return Objects.requireNonNullElse(Command.class.getPackage().getImplementationVersion(), "(no version)");
		}

		@Override
		public String[] getVersion() {
			return new String[] { "wsecho " + text() };
		}

	}

}
