package wsecho.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import wsecho.fixture.RunningService;
import wsecho.scenario.parameter.Parameter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of the document, which have to say what the code does. */
@RunningService
class EventsDocumentTests {

	private static final Path DOCUMENT = Path.of("src/main/docs/events.md");

	// told once, for all paths
	private static final Set<String> COMMON = Set.of("attempt", "strict");

	@Autowired
	private HttpPaths paths;

	@Test
	void everyPathIsThere() throws Exception {
		assertTable("| path | methods | the server |",
				this.paths.paths()
					.stream()
					.map((path) -> "| `%s` | %s | %s |".formatted(path.pattern(),
							path.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", ")),
							path.summary())));
	}

	@Test
	void everyParameterIsThere() throws Exception {
		assertTable("| path | parameter | meaning | accepts | default |",
				this.paths.paths().stream().flatMap(EventsDocumentTests::rows));
	}

	private static Stream<String> rows(HttpPaths.Path path) {
		return path.parameters()
			.stream()
			.filter((each) -> !COMMON.contains(each.name()))
			.map((each) -> row(path, each));
	}

	private static String row(HttpPaths.Path path, Parameter<?> parameter) {
		return "| `%s` | `%s` | %s | %s | %s |".formatted(path.pattern(), parameter.name(), parameter.meaning(),
				parameter.accepts(), parameter.defaultValue().text());
	}

	private static void assertTable(String head, Stream<String> rows) throws Exception {
		String line = "|" + "---|".repeat(head.split("\\|", -1).length - 2);
		List<String> table = Stream.concat(Stream.of(head, line), rows).toList();
		assertThat(Files.readString(DOCUMENT)).contains("\n" + String.join("\n", table) + "\n\n");
	}

}
