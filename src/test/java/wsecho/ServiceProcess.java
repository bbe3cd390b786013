package wsecho;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own, measured from outside (on Linux). */
public final class ServiceProcess implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("\\bport (\\d+)");

	private static final Pattern MANAGEMENT = Pattern.compile("management on port (\\d+)");

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

	private static final double TICKS_PER_SECOND = 100;

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Process process;

	private final int port;

	/** When there is no more of its output. */
	private final CompletableFuture<Void> ended;

	/**
	 * Starts the service, and waits until it listens.
	 * @param flags the JVM's
	 * @return the service
	 * @throws Exception if it does not start
	 */
	public static ServiceProcess start(String... flags) throws Exception {
		return new ServiceProcess(serviceCommand(flags));
	}

	/**
	 * Starts the service with few files, and waits until it listens.
	 * @param files how many it may have open
	 * @param flags the JVM's
	 * @return the service
	 * @throws Exception if it does not start
	 */
	static ServiceProcess startWithFiles(int files, String... flags) throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh"));
		command.addAll(serviceCommand(flags));
		return new ServiceProcess(command);
	}

	private static List<String> serviceCommand(String... flags) {
		return command(Application.class, List.of(flags), "--server.port=0", "--management.server.port=0");
	}

	/**
	 * Starts a server, and waits until it says its port.
	 * @param command the server's
	 * @throws Exception if it does not start
	 */
	public ServiceProcess(List<String> command) throws Exception {
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BlockingQueue<Integer> started = new LinkedBlockingQueue<>();
		this.ended = CompletableFuture.runAsync(() -> read(started), (task) -> new Thread(task).start());
		Integer number = started.poll(60, TimeUnit.SECONDS);
		if (number == null) {
			close();
			throw new IOException("the server does not start: " + this.log);
		}
		this.port = number;
	}

	/**
	 * What starts a class in a JVM like this one.
	 * @param main the class
	 * @param flags the JVM's
	 * @param arguments the class's
	 * @return the command
	 */
	public static List<String> command(Class<?> main, List<String> flags, String... arguments) {
		List<String> command = new ArrayList<>(List.of(jdk("java")));
		command.addAll(flags);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

	/** The port that it listens on. */
	public int port() {
		return this.port;
	}

	/** The port of its management. */
	int managementPort() throws IOException {
		return (int) find(MANAGEMENT, String.join("\n", this.log));
	}

	/** What it has logged, line by line. */
	List<String> log() {
		return this.log;
	}

	/** Its resident memory in MiB. */
	long residentMegabytes() throws IOException {
		return residentKilobytes() / 1024;
	}

	/**
	 * Its resident memory in KiB.
	 * @return the memory
	 * @throws IOException if it has ended
	 */
	public long residentKilobytes() throws IOException {
		return find(RESIDENT, Files.readString(proc("status")));
	}

	/**
	 * The processor time that it has taken, in seconds.
	 * @return the time
	 * @throws IOException if it has ended
	 */
	public double cpuSeconds() throws IOException {
		String stat = Files.readString(proc("stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
	}

	/**
	 * The heap that is in use after a full collection, in bytes, if it is a JVM.
	 * @return the heap
	 * @throws Exception if it is none
	 */
	public long liveHeapBytes() throws Exception {
		Process jcmd = new ProcessBuilder(jdk("jcmd"), "" + this.process.pid(), "GC.class_histogram").start();
		return find(TOTAL, new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
	}

	private Path proc(String file) {
		return Path.of("/proc/" + this.process.pid(), file);
	}

	private static String jdk(String program) {
		return System.getProperty("java.home") + "/bin/" + program;
	}

	private static long find(Pattern number, String in) throws IOException {
		Matcher matcher = number.matcher(in);
		if (!matcher.find()) {
			throw new IOException("no " + number + " in " + in);
		}
		return Long.parseLong(matcher.group(1));
	}

	/** How many sockets it has open. */
	long sockets() throws IOException {
		try (Stream<Path> descriptors = Files.list(proc("fd"))) {
			return descriptors.filter(ServiceProcess::isSocket).count();
		}
	}

	/** Sends it SIGTERM. */
	void terminate() {
		// by the handle, which leaves the output open
		this.process.toHandle().destroy();
	}

	/** Stops it by SIGTERM, and waits. Returns its exit code. */
	int stop() {
		terminate();
		int code = this.process.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue();
		this.ended.join();
		return code;
	}

	@Override
	public void close() {
		stop();
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
