package wsecho.check;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/** A packaged proxy in a process of its own, in a directory of its own. */
final class Proxy implements Hop {

	// below those of clients; not the same ones in test processes that run side by side
	private static final AtomicInteger NEXT_PORT = new AtomicInteger(
			10_000 + 5_000 * Integer.getInteger("surefire.forkNumber", 1));

	private static final long START_SECONDS = 30;

	private static final long STOP_SECONDS = 15;

	private final Process process;

	private final int port;

	private Proxy(Path directory, List<String> command, int port) throws Exception {
		this.port = port;
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("log").toFile());
		// where Caddy keeps what it is told, and certificates
		builder.environment().putAll(Map.of("XDG_CONFIG_HOME", directory + "", "XDG_DATA_HOME", directory + ""));
		this.process = builder.start();
		try {
			awaitListener(directory);
		}
		catch (Exception | Error ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Starts a proxy, and waits until it listens.
	 * @param directory where it finds what it needs
	 * @param port where it listens
	 * @param program what it is, and how to get it
	 * @param arguments the program's
	 * @return the proxy
	 * @throws Exception if it does not start
	 */
	static Proxy start(Path directory, int port, Program program, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(program.path().toString()));
		command.addAll(List.of(arguments));
		return new Proxy(directory, command, port);
	}

	/** A directory in that of a test. */
	static Path directory(Path test, String name) throws IOException {
		return Files.createTempDirectory(test, name);
	}

	/** Writes a configuration, with values in place of their names between at signs. */
	static Path write(Path file, String template, Map<String, Object> values) throws IOException {
		String text = template;
		for (Map.Entry<String, Object> value : values.entrySet()) {
			text = text.replace("@" + value.getKey() + "@", value.getValue().toString());
		}
		return Files.writeString(file, text);
	}

	/** A port that nothing listens at, and that is not given out again. */
	static int freePort() throws IOException {
		while (true) {
			int port = NEXT_PORT.getAndIncrement();
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// somebody listens there: the next one
			}
		}
	}

	private void awaitListener(Path directory) throws Exception {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!isListening()) {
			if (!this.process.isAlive() || System.nanoTime() > until) {
				throw new IOException("the proxy does not start: " + Files.readString(directory.resolve("log")));
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	private boolean isListening() {
		try {
			new Socket(InetAddress.getLoopbackAddress(), this.port).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public int port() {
		return this.port;
	}

	/** Sends it a signal, as TERM. */
	void signal(String name) throws Exception {
		int code = new ProcessBuilder("kill", "-" + name, "" + this.process.pid()).start().waitFor();
		if (code != 0) {
			throw new IOException("kill -" + name + " failed with " + code);
		}
	}

	@Override
	public void close() {
		// workers that a reload has left waiting go with it
		List<ProcessHandle> workers = this.process.descendants().toList();
		this.process.destroy();
		try {
			this.process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException | TimeoutException | ExecutionException ex) {
			this.process.destroyForcibly();
		}
		workers.forEach(ProcessHandle::destroyForcibly);
	}

	/**
	 * What a proxy is started from.
	 *
	 * @param name its name
	 * @param from what has to be installed
	 */
	record Program(String name, String from) {

		/** In CI it is a failure if there is none; elsewhere the test is skipped. */
		Path path() {
			String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
			Path found = Stream
				.concat(Stream.of("/usr/sbin", cache + "/wsecho-ci/bin"),
						Stream.of(System.getenv("PATH").split(":", -1)))
				.map((directory) -> Path.of(directory, this.name))
				.filter(Files::isExecutable)
				.findFirst()
				.orElse(Path.of(this.name));
			if (System.getenv("CI") == null) {
				Assumptions.assumeTrue(Files.isExecutable(found),
						() -> "there is no " + this.name + "; install " + this.from);
			}
			return found;
		}

	}

}
