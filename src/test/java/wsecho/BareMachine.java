package wsecho;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project with the real {@code mvnw}, a home, and a path that holds only what a test
 * puts there.
 */
final class BareMachine {

	private static final List<String> NEEDED = List.of("awk", "dirname", "gzip", "mkdir", "mktemp", "mv", "rm", "sed",
			"tar");

	private static final List<String> ANY_OF = List.of("curl", "wget", "sha512sum", "shasum", "openssl");

	private final Path temp;

	private final Path project;

	private final Path path;

	private final Path home;

	/** With all tools, Java 17, and no Maven. */
	BareMachine(Path temp) throws IOException {
		this.temp = temp;
		this.project = temp.resolve("a project");
		this.path = temp.resolve("path");
		this.home = temp.resolve("a home");
		for (Path directory : List.of(this.project, this.path, this.home)) {
			Files.createDirectory(directory);
		}
		Files.copy(Path.of("mvnw"), this.project.resolve("mvnw"), StandardCopyOption.COPY_ATTRIBUTES);
		provide(NEEDED);
		provide(ANY_OF);
		java("17.0.1");
	}

	Path project() {
		return this.project;
	}

	Path path() {
		return this.path;
	}

	Path home() {
		return this.home;
	}

	/** Where mvnw keeps the distributions. */
	Path dists() {
		return this.home.resolve(".m2/wrapper/dists");
	}

	/** The file that says which distribution is wanted. */
	Path properties() {
		return this.project.resolve(".mvn/wrapper/maven-wrapper.properties");
	}

	void properties(String url, String sha512) throws IOException {
		Files.createDirectories(properties().getParent());
		Files.writeString(properties(), "distributionUrl=%s\ndistributionSha512Sum=%s\n".formatted(url, sha512));
	}

	ProcessBuilder mvnw(String... arguments) {
		return process(Stream.concat(Stream.of(this.project.resolve("mvnw").toString()), Arrays.stream(arguments))
			.toArray(String[]::new));
	}

	ProcessBuilder process(String... command) {
		ProcessBuilder process = new ProcessBuilder(command).directory(this.project.toFile()).redirectErrorStream(true);
		process.environment().clear();
		process.environment().put("PATH", this.path.toString());
		process.environment().put("HOME", this.home.toString());
		return process;
	}

	static Run finish(Process process) throws Exception {
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Run(process.waitFor(), output);
	}

	/** Makes a distribution whose mvn tells its arguments. */
	byte[] distribution() throws Exception {
		Path made = this.temp.resolve("made");
		script(Files.createDirectories(made.resolve("apache-maven-9.9.9/bin")).resolve("mvn"),
				"printf 'dist: '; printf '[%s]' \"$@\"; [ \"$1\" != fail ] || exit 3");
		Path file = this.temp.resolve("made.tar.gz");
		finish(process("tar", "-czf", file.toString(), "-C", made.toString(), "apache-maven-9.9.9").start());
		return Files.readAllBytes(file);
	}

	/** Puts a Maven on the path that runs in a version of Java. */
	void maven(String version, String java) throws IOException {
		script(this.path.resolve("mvn"), """
				if [ "$1" = -v ]; then
					printf '\\033[1mApache Maven %s\\033[m\\nJava version: %s, vendor: any\\n'
				else
					printf 'path: '; printf '[%%s]' "$@"
				fi""".formatted(version, java));
	}

	void java(String version) throws IOException {
		script(this.path.resolve("java"), "echo 'openjdk version \"%s\" 2026-01-01' >&2".formatted(version));
	}

	void script(Path file, String body) throws IOException {
		Files.writeString(file, "#!/bin/sh\n" + body + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	// a script each, as JUnit warns of each link that leaves its directory
	private void provide(List<String> tools) throws IOException {
		for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
			for (String tool : tools) {
				Path file = Path.of(directory, tool).toAbsolutePath();
				if (Files.isExecutable(file) && Files.notExists(this.path.resolve(tool))) {
					script(this.path.resolve(tool), "exec '" + file + "' \"$@\"");
				}
			}
		}
	}

	void leaveOnly(String... tools) throws IOException {
		for (String tool : ANY_OF) {
			if (!List.of(tools).contains(tool)) {
				Files.deleteIfExists(this.path.resolve(tool));
			}
		}
	}

	/** How mvnw ended, and what it wrote. */
	record Run(int status, String output) {
	}

}
