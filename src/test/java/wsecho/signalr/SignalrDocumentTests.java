package wsecho.signalr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import wsecho.fixture.RunningService;
import wsecho.scenario.parameter.SignalrParameters;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of the document, which has to say what the code does. */
@RunningService
class SignalrDocumentTests {

	@Autowired
	private SignalrParameters parameters;

	@Test
	void everyParameterIsThere() throws Exception {
		String table = Stream
			.concat(Stream.of("| parameter | meaning | accepts | default |", "|---|---|---|---|"),
					this.parameters.own()
						.stream()
						.map((each) -> "| `%s` | %s | %s | %s |".formatted(each.name(), each.meaning(), each.accepts(),
								each.defaultValue().text())))
			.collect(Collectors.joining("\n"));
		assertThat(Files.readString(Path.of("src/main/docs/signalr.md"))).contains("\n" + table + "\n\n");
	}

	@Test
	void everyTargetIsThere() throws Exception {
		String document = Files.readString(Path.of("src/main/docs/signalr.md"));
		for (String target : List.of("Echo", "Report", "Count", "Send", "Ask", "Upload", "Fail", "Close")) {
			assertThat(document).contains("\n| `" + target + "(");
		}
	}

}
