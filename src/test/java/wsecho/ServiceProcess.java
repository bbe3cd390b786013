package wsecho;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The service in a process of its own, to be measured from outside (on Linux). */
final class ServiceProcess implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Process process;

	private final int port;

	/**
	 * Starts it, and waits until it listens.
	 * @param flags the JVM's
	 */
	ServiceProcess(String... flags) throws Exception {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
		command.addAll(List.of(flags));
		command.addAll(
				List.of("-cp", System.getProperty("java.class.path"), Application.class.getName(), "--server.port=0"));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BlockingQueue<Integer> started = new LinkedBlockingQueue<>();
		Thread reader = new Thread(() -> read(started));
		reader.setDaemon(true);
		reader.start();
		Integer number = started.poll(60, TimeUnit.SECONDS);
		if (number == null) {
			close();
			throw new IOException("the service does not start: " + this.log);
		}
		this.port = number;
	}

	int port() {
		return this.port;
	}

	/** What it has logged, line by line. */
	List<String> log() {
		return this.log;
	}

	/** Its resident memory in MiB. */
	long residentMegabytes() throws IOException {
		Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + this.process.pid() + "/status")));
		if (!resident.find()) {
			throw new IOException("no VmRSS");
		}
		return Long.parseLong(resident.group(1)) / 1024;
	}

	/** How many sockets it has open. */
	long sockets() throws IOException {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + this.process.pid() + "/fd"))) {
			return descriptors.filter(ServiceProcess::isSocket).count();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
	}

	private void read(BlockingQueue<Integer> started) {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.log.add(line);
				Matcher matcher = STARTED.matcher(line);
				if (matcher.find()) {
					started.add(Integer.valueOf(matcher.group(1)));
				}
			}
		}
		catch (IOException ex) {
			this.log.add(ex.toString());
		}
	}

	// one that is closed meanwhile is none
	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
