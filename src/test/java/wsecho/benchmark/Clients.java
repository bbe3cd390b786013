package wsecho.benchmark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** The process that the clients run in, all of them in the calling thread. */
final class Clients {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final File TASKS = new File("/proc/self/task");

	private Clients() {
	}

	/**
	 * The processor time that all other threads have taken: the JVM's compiler and its
	 * collector, which hold up the clients, on the one core that they share.
	 * @return nanoseconds
	 */
	static long lostNanos() throws IOException {
		long nanos = -THREADS.getCurrentThreadCpuTime();
		for (File task : Objects.requireNonNull(TASKS.listFiles())) {
			nanos += nanos(task.toPath().resolve("schedstat"));
		}
		return nanos;
	}

	// the first number is the time on a processor
	private static long nanos(Path schedstat) throws IOException {
		try {
			return Long.parseLong(Files.readString(schedstat).split(" ", 2)[0]);
		}
		catch (NoSuchFileException ex) {
			return 0;
		}
	}

}
