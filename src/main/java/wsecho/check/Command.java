package wsecho.check;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.report.Output;
import wsecho.check.report.OutputOptions;
import wsecho.check.report.Report;
import wsecho.check.report.Terminal;
import wsecho.check.report.Version;
import wsecho.check.table.Selection;
import wsecho.check.table.Table;
import wsecho.check.table.Values;

/** The command line of the path check. */
@CommandLine.Command(name = "check", description = "Finds out what the path to a wsecho does to WebSockets.",
		mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:nothing failed", "1:a check failed", "2:a bad argument",
				"3:could not check: no connection, or a failure of the command", "130:interrupted" })
public final class Command implements Callable<Integer> {

	private static final int COULD_NOT_CHECK = 3;

	private static final Duration MAX_PING = Duration.ofSeconds(25);

	// that a timer can be told from chance
	private static final int STREAMS = 3;

	// so that SignalR's second ping, which is due after 30 s, comes
	private static final long QUIET = 32_000;

	private static final long MIN_SLOW = 5000;

	// longer than the 15 s of an Envoy
	private static final long MAX_SLOW = 20_000;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "URL", description = "Root of the service, such as wss://echo.example.org/",
			arity = "0..1")
	private @Nullable String url;

	@Option(names = "--only", paramLabel = "ID", split = ",", description = "Run these checks, and what they need.")
	private List<String> only = List.of();

	@Option(names = "--skip", paramLabel = "ID", split = ",", description = "Do not run these checks.")
	private List<String> skip = List.of();

	@Option(names = "--compare", paramLabel = "URL",
			description = "Run them at this address too, which is past a part of the way, and show what differs.")
	private @Nullable String other;

	@Option(names = "--idle", paramLabel = "TIME", defaultValue = "65s", converter = Times.Idle.class,
			description = "How long sessions are left idle: from 3s to 15m, 0 for no such check (default: ${DEFAULT-VALUE}).")
	private Duration idle = Duration.ZERO;

	@Option(names = "--every", paramLabel = "TIME", converter = Times.Every.class,
			description = "Run the checks again and again, this long from one start to the next: from 10s to 24h.")
	private @Nullable Duration every;

	@Mixin
	private RouteOptions way = new RouteOptions();

	@Mixin
	private OutputOptions output = new OutputOptions();

	@Option(names = "--strict", description = "Exit with 1 if something was changed or cannot be told, too.")
	private boolean strict;

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
			Table.load()
				.checks()
				.forEach((check) -> System.out.printf("%-20s%s%s%n", check.id(), check.asks(),
						check.isOnDemand() ? " (only if it is named by --only)" : ""));
			return 0;
		}
		List<Route> routes = routes();
		List<Output> outputs = this.output.outputs(System.out, System.getenv(), routes.size() > 1);
		// the table takes longer to load than all else, and only names of checks have to
		// wait for it
		if (this.only.isEmpty() && this.skip.isEmpty()) {
			outputs.forEach((one) -> one.begin(routes));
		}
		Table table = Table.load();
		Selection selection = selection(table);
		if (!this.only.isEmpty() || !this.skip.isEmpty()) {
			outputs.forEach((one) -> one.begin(routes));
		}
		// Netty would take Logback, which prints all there is unless Spring Boot sets it
		// up
		InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
		return run(routes, outputs, table, selection);
	}

	private List<Route> routes() {
		try {
			if (this.every != null && this.output.isOneDocument()) {
				throw new IllegalArgumentException("--every: with it --json-lines is accepted, and --json is not");
			}
			List<Target> targets = new ArrayList<>(List.of(target("URL", this.url)));
			if (this.other != null) {
				targets.add(target("--compare", this.other));
			}
			this.way.requirePinsOf(targets);
			return targets.stream().map((target) -> this.way.to(target, System.getenv())).toList();
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(), ex.getMessage(), ex);
		}
	}

	private static Target target(String name, @Nullable String url) {
		try {
			return Target.of(Objects.requireNonNull(url, "it is missing"));
		}
		catch (IllegalArgumentException | NullPointerException ex) {
			throw new IllegalArgumentException(
					name + ": " + ex.getMessage() + ". Give the root of the service, such as wss://echo.example.org/",
					ex);
		}
	}

	private int run(List<Route> routes, List<Output> outputs, Table table, Selection selection)
			throws IOException, InterruptedException {
		Status status = new Status(Terminal.canRewrite(System.getenv()) ? System.err : null, this.idle);
		while (true) {
			long start = System.nanoTime();
			List<Report> reports = new Runs(routes, outputs, status).run(table, values(), selection);
			if (this.every == null) {
				return reports.stream()
					.mapToInt((report) -> report.summary().exitCode(this.strict))
					.max()
					.orElse(COULD_NOT_CHECK);
			}
			TimeUnit.NANOSECONDS.sleep(start + this.every.toNanos() - System.nanoTime());
			outputs.forEach((one) -> one.begin(routes));
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

	private Values values() {
		long ping = Math.max(1, Math.min(MAX_PING.toSeconds(), this.idle.toSeconds() / 3));
		// beside the others, and so no longer than they take
		long slow = Math.max(MIN_SLOW, Math.min(MAX_SLOW, this.idle.toMillis() / 2));
		return new Values(Map.of("idle", this.idle.toMillis(), "ping", ping + "s", "slow", slow, "streams", STREAMS,
				"quiet", Math.min(QUIET, this.idle.toMillis())));
	}

}
