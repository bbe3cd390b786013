package wsecho;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.BareMachine.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs the real {@code mvnw} on a {@link BareMachine}, with a small distribution that is
 * made and served here.
 */
@DisabledOnOs(OS.WINDOWS)
class MvnwTests {

	private final Path temp;

	private final BareMachine machine;

	private final Distributions server;

	MvnwTests(@TempDir Path temp) throws Exception {
		this.temp = temp;
		this.machine = new BareMachine(temp);
		this.server = new Distributions(this.machine.distribution());
		properties(Distributions.ARCHIVE, sha512(this.server.archive()));
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "3.6.3", "3.9.11", "3.10.0", "4.0.0-rc-4" })
	void newEnoughMavenOnThePathIsRunAtOnce(String version) throws Exception {
		this.machine.maven(version, "17.0.1");
		assertThat(mvnw("-q", "", "a b", "$c *")).isEqualTo(new Run(0, "path: [-q][][a b][$c *]"));
		assertThat(this.server.requests()).hasValue(0);
		assertThat(this.machine.home()).isEmptyDirectory();
	}

	@ParameterizedTest
	@CsvSource({ "3.6.2, 17.0.1", "3.5.4, 17.0.1", "2.2.1, 17.0.1", "3.9.11, 11.0.2", "3.9.11, 1.8.0_402" })
	void tooOldMavenOrJavaOnThePathIsNotRun(String version, String java) throws Exception {
		this.machine.maven(version, java);
		assertInstalls(mvnw("-q", "", "a b", "$c *"), "dist: [-q][][a b][$c *]");
	}

	@Test
	void brokenMavenOnThePathIsNotRun() throws Exception {
		this.machine.script(this.machine.path().resolve("mvn"), "exit 1");
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
		assertThat(this.server.requests()).hasValue(1);
	}

	@Test
	void statusOfMavenIsReturned() throws Exception {
		assertThat(mvnw("fail").status()).isEqualTo(3);
		assertThat(mvnw("fail").status()).isEqualTo(3);
	}

	@Test
	void runsFromAnotherDirectory() throws Exception {
		ProcessBuilder process = this.machine.process("a project/mvnw", "verify").directory(this.temp.toFile());
		assertInstalls(BareMachine.finish(process.start()), "dist: [verify]");
	}

	@ParameterizedTest
	@CsvSource({ "curl, sha512sum", "wget, sha512sum", "curl, shasum", "curl, openssl" })
	void anyOfTheUsualToolsWillDo(String download, String checksum) throws Exception {
		assumeThat(this.machine.path().resolve(download)).exists();
		assumeThat(this.machine.path().resolve(checksum)).exists();
		this.machine.leaveOnly(download, checksum);
		assertInstalls(mvnw("verify"), "dist: [verify]");
	}

	@ParameterizedTest
	@CsvSource({ "sha512sum, 'curl or wget'", "curl, 'sha512sum, shasum or openssl'" })
	void missingToolIsNamed(String left, String missing) throws Exception {
		this.machine.leaveOnly(left);
		assertFails(mvnw("verify"), missing + " is needed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.8.0_402", "11.0.2" })
	void oldJavaIsRefused(String version) throws Exception {
		this.machine.java(version);
		assertRefusesJava(mvnw("verify"), "java");
	}

	@Test
	void missingJavaIsRefused() throws Exception {
		Files.delete(this.machine.path().resolve("java"));
		assertRefusesJava(mvnw("verify"), "java");
	}

	@Test
	void javaHomeComesBeforeThePath() throws Exception {
		assertRefusesJava(mvnwWith("JAVA_HOME", "/nowhere"), "/nowhere/bin/java");
	}

	@Test
	void wrongChecksumIsRefused() throws Exception {
		String expected = "0".repeat(128);
		properties(Distributions.ARCHIVE, expected);
		assertFails(mvnw("verify"), "wrong SHA-512 checksum of " + url(Distributions.ARCHIVE), "expected " + expected,
				"actual   " + sha512(this.server.archive()));
		assertThat(this.machine.dists()).isEmptyDirectory();
	}

	@Test
	void changedChecksumIsNotServedFromWhatIsThere() throws Exception {
		mvnw("verify");
		properties(Distributions.ARCHIVE, "0".repeat(128));
		assertFails(mvnw("verify"), "wrong SHA-512 checksum");
	}

	@ParameterizedTest
	@ValueSource(strings = { "distributionUrl", "distributionSha512Sum" })
	void missingPropertyIsNamed(String name) throws Exception {
		Path file = this.machine.properties();
		Files.write(file, Files.readAllLines(file).stream().filter((line) -> !line.startsWith(name)).toList());
		assertFails(mvnw("verify"), "no " + name + " in " + file);
		assertThat(this.server.requests()).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "curl", "wget" })
	void unknownUrlIsNamed(String download) throws Exception {
		assumeThat(this.machine.path().resolve(download)).exists();
		this.machine.leaveOnly(download, "sha512sum");
		properties("/missing-bin.tar.gz", sha512(this.server.archive()));
		assertFails(mvnw("verify"), "cannot download " + url("/missing-bin.tar.gz"));
		assertThat(this.machine.dists()).isEmptyDirectory();
	}

	@Test
	void downloadThatIsCutShortLeavesNothing() throws Exception {
		this.server.cutShort(true);
		assertFails(mvnw("verify"), "cannot download " + url(Distributions.ARCHIVE));
		assertThat(this.machine.dists()).isEmptyDirectory();
		this.server.cutShort(false);
		assertThat(mvnw("verify").output()).endsWith("dist: [verify]");
	}

	@Test
	void archiveThatCannotBeUnpackedLeavesNothing() throws Exception {
		this.server.archive("not an archive".getBytes(StandardCharsets.UTF_8));
		properties(Distributions.ARCHIVE, sha512(this.server.archive()));
		assertFails(mvnw("verify"), "cannot unpack " + url(Distributions.ARCHIVE));
		assertThat(this.machine.dists()).isEmptyDirectory();
	}

	@Test
	void mavenUserHomeIsUsed() throws Exception {
		Path mavenHome = this.temp.resolve("another home");
		assertThat(mvnwWith("MAVEN_USER_HOME", mavenHome.toString()).status()).isZero();
		assertThat(mavenHome.resolve("wrapper/dists")).isNotEmptyDirectory();
		assertThat(this.machine.home()).isEmptyDirectory();
	}

	@Test
	void mavenUserHomeThatCannotBeWrittenIsNamed() throws Exception {
		// beneath a file: root may write into any directory
		Path mavenHome = Files.createFile(this.temp.resolve("a file")).resolve("home");
		Run run = mvnwWith("MAVEN_USER_HOME", mavenHome.toString());
		assertFails(run, "cannot write to " + mavenHome, "set MAVEN_USER_HOME");
		assertThat(run.output()).hasLineCount(1);
		assertThat(this.server.requests()).hasValue(0);
	}

	@Test
	void twoAtOnceBothRun() throws Exception {
		this.server.together(2);
		Process one = this.machine.mvnw("one").start();
		Process two = this.machine.mvnw("two").start();
		assertThat(BareMachine.finish(one).output()).endsWith("\ndist: [one]");
		assertThat(BareMachine.finish(two).output()).endsWith("\ndist: [two]");
		assertThat(this.server.requests()).hasValue(2);
		assertOneInstalled();
	}

	private void assertInstalls(Run run, String output) throws Exception {
		assertThat(run).isEqualTo(new Run(0, "mvnw: downloading " + url(Distributions.ARCHIVE) + "\n" + output));
		assertThat(this.server.requests()).hasValue(1);
		assertOneInstalled();
	}

	private void assertOneInstalled() throws Exception {
		String name = "apache-maven-9.9.9-" + sha512(this.server.archive()).substring(0, 16);
		assertThat(this.machine.dists().toFile().list()).containsExactly(name);
		assertThat(this.machine.dists().resolve(name).toFile().list()).containsExactly("bin");
	}

	private void assertRefusesJava(Run run, String tried) {
		assertFails(run, "no Java 17 or newer (tried " + tried + ")", "JAVA_HOME");
		assertThat(this.server.requests()).hasValue(0);
	}

	private void assertFails(Run run, String... words) {
		assertThat(run.status()).isEqualTo(1);
		assertThat(run.output()).contains("mvnw: ").contains(words).doesNotContain("dist:");
	}

	private Run mvnw(String... arguments) throws Exception {
		return BareMachine.finish(this.machine.mvnw(arguments).start());
	}

	private Run mvnwWith(String variable, String value) throws Exception {
		ProcessBuilder process = this.machine.mvnw("verify");
		process.environment().put(variable, value);
		return BareMachine.finish(process.start());
	}

	private void properties(String file, String sha512) throws IOException {
		this.machine.properties(url(file), sha512);
	}

	private String url(String file) {
		return this.server.url(file);
	}

	private static String sha512(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
	}

}
