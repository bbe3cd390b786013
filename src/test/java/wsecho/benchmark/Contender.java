package wsecho.benchmark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import wsecho.Application;
import wsecho.fixture.ServiceProcess;

/**
 * One of the servers that are compared.
 *
 * @param name in the tables
 * @param command what starts it
 */
record Contender(String name, List<String> command) {

	/** What the others are compared with. */
	static final String BASELINE = "netty";

	// more than 512 MiB, or Netty's allocator would take to saving memory
	static final List<String> WORKING = List.of("-Xms1g", "-Xmx1g");

	/** With a heap that grows only as it must, so that garbage does not count. */
	static final List<String> IDLE = List.of("-Xms32m", "-Xmx1g");

	/**
	 * All of them that this machine can start.
	 * @param flags the JVM's, of those that have one
	 * @param utf8 whether Netty checks text by its validator; the others do by themselves
	 */
	static List<Contender> all(List<String> flags, boolean utf8) {
		List<Contender> all = new ArrayList<>();
		all.add(new Contender("wsecho",
				ServiceProcess.command(Application.class, flags, "--server.port=0", "--management.server.port=0")));
		all.add(new Contender(BASELINE, ServiceProcess.command(NettyEcho.class, flags, utf8 ? "utf8" : "")));
		all.add(new Contender("stock WebFlux", ServiceProcess.command(StockEcho.class, flags, "--server.port=0",
				"--server.address=127.0.0.1", "--spring.config.name=stock", "--logging.level.root=warn")));
		if (isOnPath("bun")) {
			all.add(new Contender("Bun", List.of("bun", script("bun.js"))));
		}
		if (isOnPath("node") && hasWs()) {
			all.add(new Contender("Node ws", List.of("node", script("ws.js"))));
		}
		return all;
	}

	/**
	 * Those whose start is measured: the service as its users start it.
	 * @param imageJava of a JDK as the image has it, for the start as it is there
	 * @throws Exception if that cannot be prepared
	 */
	static List<Contender> starts(Optional<Path> imageJava) throws Exception {
		List<Contender> all = new ArrayList<>(all(IDLE, false));
		if (!Files.exists(ImageStart.JAR)) {
			System.out.println("Only the start from a classpath is measured: there is no " + ImageStart.JAR
					+ "; ./mvnw -DskipTests package makes it.");
			return all;
		}
		List<String> jar = new ArrayList<>(List.of("java"));
		jar.addAll(IDLE);
		jar.addAll(List.of("-jar", ImageStart.JAR.toString(), "--server.port=0", "--management.server.port=0"));
		all.add(new Contender("wsecho, jar", jar));
		if (imageJava.isPresent()) {
			all.add(ImageStart.prepare(imageJava.get()));
		}
		return all;
	}

	boolean isJava() {
		return this.command.contains("-cp");
	}

	/** Starts it on one core. */
	ServiceProcess start(int core) throws Exception {
		List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "" + core));
		pinned.addAll(this.command);
		return new ServiceProcess(pinned);
	}

	private static String script(String name) {
		return Path.of("src/test/resources/wsecho/benchmark", name).toString();
	}

	private static boolean hasWs() {
		try {
			return new ProcessBuilder("node", "-e", "require('ws')").start().waitFor() == 0;
		}
		catch (Exception ex) {
			return false;
		}
	}

	private static boolean isOnPath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

}
