package wsecho.scenario;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RunningService;
import wsecho.scenario.parameter.Modifiers;
import wsecho.scenario.parameter.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of the README and its neighbours, which have to say what the code does. */
@RunningService
class ReadmeTests {

	private static final String README = "README.md";

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private Scenarios scenarios;

	@Autowired
	private Modifiers modifiers;

	@Test
	void everyPathIsThere() throws Exception {
		assertTable(README, "| WebSocket path | the server |",
				this.scenarios.paths()
					.stream()
					.map((path) -> "| `%s` | %s |".formatted(path.pattern(), path.summary())));
	}

	@Test
	void everyParameterOfAPathIsThere() throws Exception {
		assertTable(README, "| path | parameter | meaning | accepts | default |",
				this.scenarios.paths().stream().flatMap(ReadmeTests::rows));
	}

	@Test
	void everyModifierIsThere() throws Exception {
		assertTable(README, "| parameter | meaning | accepts | default |",
				this.modifiers.all().stream().map(ReadmeTests::row));
	}

	@ParameterizedTest
	@ValueSource(strings = { "report", "numbered" })
	void everyFieldOfAMessageIsThere(String message) throws Exception {
		JsonNode fields = json("/wsecho/api/asyncapi.json")
			.at("/components/messages/" + message + "/payload/properties");
		assertTable("src/main/docs/messages.md", "| " + message + " | is |",
				fields.propertyStream()
					.map((field) -> "| `%s` | %s |".formatted(field.getKey(),
							field.getValue().get("description").stringValue())));
	}

	@Test
	void everySettingIsThere() throws Exception {
		List<String> names = json("/META-INF/spring-configuration-metadata.json").get("properties")
			.valueStream()
			.map((property) -> property.get("name").stringValue())
			.filter((name) -> name.startsWith("wsecho."))
			.toList();
		assertThat(names).hasSizeGreaterThan(10)
			.allSatisfy((name) -> assertThat(text(README)).containsPattern("\n\\|[^|]*`" + name + "`[^|]*\\|"));
	}

	private static Stream<String> rows(Scenarios.Path path) {
		return path.parameters().stream().map((each) -> "| `" + path.pattern() + "` " + row(each));
	}

	private static String row(Parameter<?> parameter) {
		return Stream
			.of("", "`" + parameter.name() + "`", parameter.meaning(), parameter.accepts(),
					parameter.defaultValue().text(), "")
			.collect(Collectors.joining(" | "))
			.strip();
	}

	// just these rows, in their order
	private static void assertTable(String file, String head, Stream<String> rows) throws Exception {
		String line = "|" + "---|".repeat(head.split("\\|", -1).length - 2);
		List<String> table = Stream.concat(Stream.of(head, line), rows).toList();
		assertThat(text(file)).contains("\n" + String.join("\n", table) + "\n\n");
	}

	private static String text(String file) throws Exception {
		return Files.readString(Path.of(file));
	}

	private static JsonNode json(String resource) throws Exception {
		try (InputStream in = new ClassPathResource(resource, ReadmeTests.class).getInputStream()) {
			return JSON.readTree(in);
		}
	}

}
