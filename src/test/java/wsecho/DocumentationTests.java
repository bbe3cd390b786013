package wsecho;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** That the documents name and link only what there is. */
class DocumentationTests {

	private static final Path DOCS = Path.of("src/main/docs");

	private static final Path README = Path.of("README.md");

	private static final Path SOURCES = Path.of("src/main/java/wsecho");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^):]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	/** A class of ours or of a library, perhaps with its package and a member. */
	private static final Pattern CLASS = Pattern
		.compile("`((?:[a-z][a-z0-9]*\\.)*)([A-Z][a-z][A-Za-z0-9]*)(?:\\.([a-z]\\w*))?`");

	private static final Pattern CONSTANT = Pattern.compile("`([A-Z][A-Z_]+)`");

	static Stream<Path> documents() throws IOException {
		return Stream.concat(Stream.of(README), files(DOCS, ".md"));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyLinkLeadsSomewhere(Path document) throws IOException {
		assertThat(LINK.matcher(Files.readString(document)).results()).isNotEmpty()
			.extracting((link) -> link.group(1))
			.allSatisfy((target) -> assertResolves(document, target));
	}

	private static void assertResolves(Path from, String target) throws IOException {
		String[] parts = target.split("#", 2);
		Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
		assertThat(file).exists();
		if (parts.length > 1) {
			assertThat(HEADING.matcher(Files.readString(file)).results().map((heading) -> anchor(heading.group(1))))
				.contains(parts[1]);
		}
	}

	// as GitHub makes them
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
	}

	@Test
	void everyClassOfTheArchitectureExists() throws IOException {
		List<MatchResult> named = CLASS.matcher(architecture()).results().toList();
		assertThat(named).hasSizeGreaterThan(50)
			.allSatisfy((name) -> assertExists(name.group(1), name.group(2), name.group(3)));
	}

	private static void assertExists(String inPackage, String type, @Nullable String member) throws IOException {
		List<Path> declared = files(Path.of("src"), "/" + type + ".java").toList();
		if (declared.isEmpty()) {
			// a library's
			assertThat(inPackage).isEmpty();
			assertThat(sources()).containsPattern("\\b" + type + "\\b");
		}
		else if (!inPackage.isEmpty()) {
			assertThat(declared).contains(SOURCES.resolve(inPackage.replace('.', '/') + type + ".java"));
		}
		if (member != null && !declared.isEmpty()) {
			assertThat(Files.readString(declared.get(0))).containsPattern("\\b" + member + "\\b");
		}
	}

	@Test
	void everyStateOfTheArchitectureExists() throws IOException {
		String states = Files.readString(SOURCES.resolve("websocket/CloseState.java"));
		assertThat(CONSTANT.matcher(architecture()).results()).hasSizeGreaterThan(10)
			.extracting((constant) -> constant.group(1))
			.allSatisfy((constant) -> assertThat(states).containsPattern("\\b" + constant + "\\b"));
	}

	private static String architecture() throws IOException {
		return Files.readString(DOCS.resolve("architecture.md"));
	}

	private static String sources() throws IOException {
		return files(SOURCES, ".java").map(DocumentationTests::read).collect(Collectors.joining("\n"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path folder, String end) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(end)).sorted().toList().stream();
		}
	}

}
