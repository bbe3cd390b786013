package wsecho;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs the real {@code mvnw} with a path that holds only what the test puts there, and
 * with a small distribution, made here and served from here.
 */
@DisabledOnOs(OS.WINDOWS)
class MvnwTests {

	private static final List<String> NEEDED = List.of("awk", "dirname", "gzip", "mkdir", "mktemp", "mv", "rm", "sed",
			"tar");

	private static final List<String> ANY_OF = List.of("curl", "wget", "sha512sum", "shasum", "openssl");

	private static final String ARCHIVE = "/apache-maven-9.9.9-bin.tar.gz";

	private final AtomicInteger requests = new AtomicInteger();

	private final Path temp;

	private final Path project;

	private final Path path;

	private final Path home;

	private byte[] archive;

	private HttpServer server;

	/** As many requests as it has parties are answered together. */
	private volatile CyclicBarrier together = new CyclicBarrier(1);

	private volatile boolean cutShort;

	MvnwTests(@TempDir Path temp) {
		this.temp = temp;
		this.project = temp.resolve("a project");
		this.path = temp.resolve("path");
		this.home = temp.resolve("a home");
	}

	@BeforeEach
	void prepare() throws Exception {
		for (Path directory : List.of(this.project, this.path, this.home)) {
			Files.createDirectory(directory);
		}
		Files.copy(Path.of("mvnw"), this.project.resolve("mvnw"), StandardCopyOption.COPY_ATTRIBUTES);
		provide(NEEDED);
		provide(ANY_OF);
		java("17.0.1");
		this.archive = makeArchive();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		// a thread for each request
		this.server.setExecutor((command) -> new Thread(command).start());
		this.server.createContext(ARCHIVE, this::serve);
		this.server.start();
		properties(ARCHIVE, sha512(this.archive));
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3.6.3", "3.9.11", "3.10.0", "4.0.0-rc-4" })
	void newEnoughMavenOnThePathIsRunAtOnce(String version) throws Exception {
		maven(version, "17.0.1");
		assertThat(mvnw("-q", "", "a b", "$c *")).isEqualTo(new Run(0, "path: [-q][][a b][$c *]"));
		assertThat(this.requests).hasValue(0);
		assertThat(this.home).isEmptyDirectory();
	}

	@ParameterizedTest
	@CsvSource({ "3.6.2, 17.0.1", "3.5.4, 17.0.1", "2.2.1, 17.0.1", "3.9.11, 11.0.2", "3.9.11, 1.8.0_402" })
	void tooOldMavenOrJavaOnThePathIsNotRun(String version, String java) throws Exception {
		maven(version, java);
		assertInstalls(mvnw("-q", "", "a b", "$c *"), "dist: [-q][][a b][$c *]");
	}

	@Test
	void brokenMavenOnThePathIsNotRun() throws Exception {
		script(this.path.resolve("mvn"), "exit 1");
		assertInstalls(mvnw("verify"), "dist: [verify]");
	}

	@Test
	void withoutMavenOnThePathTheDistributionIsRun() throws Exception {
		assertInstalls(mvnw("verify"), "dist: [verify]");
	}

	@Test
	void secondRunDownloadsNothing() throws Exception {
		mvnw("-v");
		assertThat(mvnw("verify")).isEqualTo(new Run(0, "dist: [verify]"));
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void statusOfMavenIsReturned() throws Exception {
		assertThat(mvnw("fail").status()).isEqualTo(3);
		assertThat(mvnw("fail").status()).isEqualTo(3);
	}

	@Test
	void runsFromAnotherDirectory() throws Exception {
		Process process = process("a project/mvnw", "verify").directory(this.temp.toFile()).start();
		assertInstalls(finish(process), "dist: [verify]");
	}

	@ParameterizedTest
	@CsvSource({ "curl, sha512sum", "wget, sha512sum", "curl, shasum", "curl, openssl" })
	void anyOfTheUsualToolsWillDo(String download, String checksum) throws Exception {
		assumeThat(this.path.resolve(download)).exists();
		assumeThat(this.path.resolve(checksum)).exists();
		leaveOnly(download, checksum);
		assertInstalls(mvnw("verify"), "dist: [verify]");
	}

	@ParameterizedTest
	@CsvSource({ "sha512sum, 'curl or wget'", "curl, 'sha512sum, shasum or openssl'" })
	void missingToolIsNamed(String left, String missing) throws Exception {
		leaveOnly(left);
		assertFails(mvnw("verify"), missing + " is needed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.8.0_402", "11.0.2" })
	void oldJavaIsRefused(String version) throws Exception {
		java(version);
		assertRefusesJava(mvnw("verify"), "java");
	}

	@Test
	void missingJavaIsRefused() throws Exception {
		Files.delete(this.path.resolve("java"));
		assertRefusesJava(mvnw("verify"), "java");
	}

	@Test
	void javaHomeComesBeforeThePath() throws Exception {
		ProcessBuilder process = process(this.project.resolve("mvnw").toString());
		process.environment().put("JAVA_HOME", "/nowhere");
		assertRefusesJava(finish(process.start()), "/nowhere/bin/java");
	}

	@Test
	void wrongChecksumIsRefused() throws Exception {
		String expected = "0".repeat(128);
		properties(ARCHIVE, expected);
		assertFails(mvnw("verify"), "wrong SHA-512 checksum of " + url(ARCHIVE), "expected " + expected,
				"actual   " + sha512(this.archive));
		assertThat(dists()).isEmptyDirectory();
	}

	@Test
	void changedChecksumIsNotServedFromWhatIsThere() throws Exception {
		mvnw("verify");
		properties(ARCHIVE, "0".repeat(128));
		assertFails(mvnw("verify"), "wrong SHA-512 checksum");
	}

	@ParameterizedTest
	@ValueSource(strings = { "distributionUrl", "distributionSha512Sum" })
	void missingPropertyIsNamed(String name) throws Exception {
		Path file = this.project.resolve(".mvn/wrapper/maven-wrapper.properties");
		Files.write(file, Files.readAllLines(file).stream().filter((line) -> !line.startsWith(name)).toList());
		assertFails(mvnw("verify"), "no " + name + " in " + file);
		assertThat(this.requests).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "curl", "wget" })
	void unknownUrlIsNamed(String download) throws Exception {
		assumeThat(this.path.resolve(download)).exists();
		leaveOnly(download, "sha512sum");
		properties("/missing-bin.tar.gz", sha512(this.archive));
		assertFails(mvnw("verify"), "cannot download " + url("/missing-bin.tar.gz"));
		assertThat(dists()).isEmptyDirectory();
	}

	@Test
	void downloadThatIsCutShortLeavesNothing() throws Exception {
		this.cutShort = true;
		assertFails(mvnw("verify"), "cannot download " + url(ARCHIVE));
		assertThat(dists()).isEmptyDirectory();
		this.cutShort = false;
		assertThat(mvnw("verify").output()).endsWith("dist: [verify]");
	}

	@Test
	void archiveThatCannotBeUnpackedLeavesNothing() throws Exception {
		this.archive = "not an archive".getBytes(StandardCharsets.UTF_8);
		properties(ARCHIVE, sha512(this.archive));
		assertFails(mvnw("verify"), "cannot unpack " + url(ARCHIVE));
		assertThat(dists()).isEmptyDirectory();
	}

	@Test
	void mavenUserHomeIsUsed() throws Exception {
		Path mavenHome = this.temp.resolve("another home");
		assertThat(mvnwWithHome(mavenHome).status()).isZero();
		assertThat(mavenHome.resolve("wrapper/dists")).isNotEmptyDirectory();
		assertThat(this.home).isEmptyDirectory();
	}

	@Test
	void mavenUserHomeThatCannotBeWrittenIsNamed() throws Exception {
		// beneath a file: root may write into any directory
		Path mavenHome = Files.createFile(this.temp.resolve("a file")).resolve("home");
		Run run = mvnwWithHome(mavenHome);
		assertFails(run, "cannot write to " + mavenHome, "set MAVEN_USER_HOME");
		assertThat(run.output()).hasLineCount(1);
		assertThat(this.requests).hasValue(0);
	}

	@Test
	void twoAtOnceBothRun() throws Exception {
		this.together = new CyclicBarrier(2);
		String mvnw = this.project.resolve("mvnw").toString();
		Process one = process(mvnw, "one").start();
		Process two = process(mvnw, "two").start();
		assertThat(finish(one).output()).endsWith("\ndist: [one]");
		assertThat(finish(two).output()).endsWith("\ndist: [two]");
		assertThat(this.requests).hasValue(2);
		assertOneInstalled();
	}

	private void assertInstalls(Run run, String output) throws Exception {
		assertThat(run).isEqualTo(new Run(0, "mvnw: downloading " + url(ARCHIVE) + "\n" + output));
		assertThat(this.requests).hasValue(1);
		assertOneInstalled();
	}

	private void assertOneInstalled() throws Exception {
		String name = "apache-maven-9.9.9-" + sha512(this.archive).substring(0, 16);
		assertThat(dists().toFile().list()).containsExactly(name);
		assertThat(dists().resolve(name).toFile().list()).containsExactly("bin");
	}

	private void assertRefusesJava(Run run, String tried) {
		assertFails(run, "no Java 17 or newer (tried " + tried + ")", "JAVA_HOME");
		assertThat(this.requests).hasValue(0);
	}

	private void assertFails(Run run, String... words) {
		assertThat(run.status()).isEqualTo(1);
		assertThat(run.output()).contains("mvnw: ").contains(words).doesNotContain("dist:");
	}

	private Run mvnw(String... arguments) throws Exception {
		String mvnw = this.project.resolve("mvnw").toString();
		return finish(process(Stream.concat(Stream.of(mvnw), Arrays.stream(arguments)).toArray(String[]::new)).start());
	}

	private Run mvnwWithHome(Path mavenHome) throws Exception {
		ProcessBuilder process = process(this.project.resolve("mvnw").toString(), "verify");
		process.environment().put("MAVEN_USER_HOME", mavenHome.toString());
		return finish(process.start());
	}

	private ProcessBuilder process(String... command) {
		ProcessBuilder process = new ProcessBuilder(command).directory(this.project.toFile()).redirectErrorStream(true);
		process.environment().clear();
		process.environment().put("PATH", this.path.toString());
		process.environment().put("HOME", this.home.toString());
		return process;
	}

	private Run finish(Process process) throws Exception {
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Run(process.waitFor(), output);
	}

	private Path dists() {
		return this.home.resolve(".m2/wrapper/dists");
	}

	private String url(String file) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + file;
	}

	private void properties(String file, String sha512) throws IOException {
		Files.createDirectories(this.project.resolve(".mvn/wrapper"));
		Files.writeString(this.project.resolve(".mvn/wrapper/maven-wrapper.properties"),
				"distributionUrl=%s\ndistributionSha512Sum=%s\n".formatted(url(file), sha512));
	}

	private void serve(HttpExchange exchange) throws IOException {
		this.requests.incrementAndGet();
		awaitTheOthers();
		exchange.sendResponseHeaders(200, this.archive.length);
		exchange.getResponseBody().write(this.archive, 0, this.archive.length / (this.cutShort ? 2 : 1));
		exchange.close();
	}

	private void awaitTheOthers() {
		try {
			this.together.await(1, TimeUnit.MINUTES);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] makeArchive() throws Exception {
		Path made = this.temp.resolve("made");
		script(Files.createDirectories(made.resolve("apache-maven-9.9.9/bin")).resolve("mvn"),
				"printf 'dist: '; printf '[%s]' \"$@\"; [ \"$1\" != fail ] || exit 3");
		Path file = this.temp.resolve("made.tar.gz");
		finish(process("tar", "-czf", file.toString(), "-C", made.toString(), "apache-maven-9.9.9").start());
		return Files.readAllBytes(file);
	}

	private void maven(String version, String java) throws IOException {
		script(this.path.resolve("mvn"), """
				if [ "$1" = -v ]; then
					printf '\\033[1mApache Maven %s\\033[m\\nJava version: %s, vendor: any\\n'
				else
					printf 'path: '; printf '[%%s]' "$@"
				fi""".formatted(version, java));
	}

	private void java(String version) throws IOException {
		script(this.path.resolve("java"), "echo 'openjdk version \"%s\" 2026-01-01' >&2".formatted(version));
	}

	private void script(Path file, String body) throws IOException {
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

	private void leaveOnly(String... tools) throws IOException {
		for (String tool : ANY_OF) {
			if (!List.of(tools).contains(tool)) {
				Files.deleteIfExists(this.path.resolve(tool));
			}
		}
	}

	private static String sha512(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
	}

	private record Run(int status, String output) {
	}

}
