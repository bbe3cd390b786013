package wsecho.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service as the image starts it: unpacked, with the image's options, and with a
 * cache of the JVM that the image's training has made.
 */
final class ImageStart {

	static final Path JAR = Path.of("target/wsecho.jar");

	private static final Path DOCKER = Path.of("src/main/docker");

	// only where nobody chooses them are they known to be free
	private static final Map<String, String> ANY_PORT = Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0",
			"WSECHO_DRAIN_WINDOW", "1s");

	private ImageStart() {
	}

	/**
	 * Unpacks the jar, and trains the cache, which takes most of a minute.
	 * @param java of the JDK that the image has
	 * @return what starts the service
	 * @throws Exception if it cannot be trained
	 */
	static Contender prepare(Path java) throws Exception {
		Path folder = Files.createTempDirectory(Path.of("target"), "image-start").toAbsolutePath();
		Path cache = folder.resolve("wsecho.aot");
		List<String> jar = List.of("-jar", folder.resolve("wsecho/wsecho.jar").toString());
		run(java.toString(), "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination",
				folder.resolve("wsecho").toString());
		List<String> training = new ArrayList<>(List.of(java.toString(), DOCKER.resolve("Training.java").toString(),
				java.toString(), options(), "-Xmx128m", "-XX:AOTCacheOutput=" + cache));
		training.addAll(jar);
		run(training.toArray(String[]::new));
		List<String> command = new ArrayList<>(List.of(java.toString(), options(), "-XX:AOTCache=" + cache));
		command.addAll(jar);
		command.addAll(List.of("--server.port=0", "--management.server.port=0"));
		return new Contender("wsecho, image", command);
	}

	private static String options() {
		return "@" + DOCKER.resolve("java.args");
	}

	private static void run(String... command) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Path.of("target/image-start.log").toFile());
		builder.environment().putAll(ANY_PORT);
		int code = builder.start().waitFor();
		if (code != 0) {
			throw new IOException(String.join(" ", command) + " ended with " + code + ": see target/image-start.log");
		}
	}

}
