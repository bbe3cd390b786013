package wsecho.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import wsecho.benchmark.Frames.Content;

/**
 * How the benchmark is run.
 *
 * @param scenario the one that is asked for by {@code connections}, {@code depth},
 * {@code size} or {@code content}, instead of all
 * @param parts what else is measured, or {@code only} one of it
 * @param rounds how often each server has its turn
 * @param window how long a turn is, in {@code seconds}
 * @param sessions how many are idle where that is measured
 * @param serverCore the core that the servers have
 * @param clientCore the core that the clients have
 * @param json where all the numbers go
 * @param imageJava of a JDK as the image has it, for the start as it is there
 */
record Options(Optional<Scenario> scenario, List<Part> parts, int rounds, Duration window, int sessions, int serverCore,
		int clientCore, Path json, Optional<Path> imageJava) {

	private static final Set<String> OF_SCENARIO = Set.of("connections", "depth", "size", "content");

	private static final Set<String> OTHERS = Set.of("only", "rounds", "seconds", "sessions", "server-core",
			"client-core", "json", "image-java");

	static Options of(String[] args) {
		Map<String, String> values = new HashMap<>();
		for (String arg : args) {
			String[] parts = arg.split("=", 2);
			if (parts.length != 2 || !(OF_SCENARIO.contains(parts[0]) || OTHERS.contains(parts[0]))) {
				throw new IllegalArgumentException("\"" + arg + "\": it takes name=value, with one of the names "
						+ OF_SCENARIO + " and " + OTHERS);
			}
			values.put(parts[0], parts[1]);
		}
		return new Options(scenario(values), parts(values), number(values, "rounds", 5),
				Duration.ofSeconds(number(values, "seconds", 2)), number(values, "sessions", 10_000),
				number(values, "server-core", 0),
				number(values, "client-core", Runtime.getRuntime().availableProcessors() - 1),
				Path.of(values.getOrDefault("json", "target/benchmark.json")),
				Optional.ofNullable(values.get("image-java")).map(Path::of));
	}

	private static Optional<Scenario> scenario(Map<String, String> values) {
		if (values.keySet().stream().noneMatch(OF_SCENARIO::contains)) {
			return Optional.empty();
		}
		Content content = named(Content.class, "content", values.getOrDefault("content", "binary"));
		return Optional.of(new Scenario(number(values, "connections", 100), number(values, "depth", 1),
				number(values, "size", 64), content));
	}

	private static List<Part> parts(Map<String, String> values) {
		String only = values.get("only");
		if (only == null) {
			return List.of(Part.values());
		}
		if (scenario(values).isPresent()) {
			throw new IllegalArgumentException("only: it does not go with any of " + OF_SCENARIO);
		}
		return List.of(named(Part.class, "only", only));
	}

	private static <E extends Enum<E>> E named(Class<E> type, String name, String value) {
		return EnumSet.allOf(type)
			.stream()
			.filter((each) -> each.name().equalsIgnoreCase(value))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					name + ": it takes one of " + EnumSet.allOf(type) + ", in any case, not \"" + value + "\""));
	}

	private static int number(Map<String, String> values, String name, int otherwise) {
		return Integer.parseInt(values.getOrDefault(name, "" + otherwise));
	}

}
