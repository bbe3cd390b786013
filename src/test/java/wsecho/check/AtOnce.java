package wsecho.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

/**
 * Cases that mostly wait, and so begin at once. Each is a test of its own in the report.
 */
final class AtOnce {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<DynamicTest> tests = new ArrayList<>();

	AtOnce with(String name, Case test) {
		Future<?> running = this.threads.submit(() -> {
			test.run();
			return null;
		});
		this.tests.add(DynamicTest.dynamicTest(name, () -> result(running)));
		return this;
	}

	private static void result(Future<?> running) throws Throwable {
		try {
			running.get();
		}
		catch (ExecutionException ex) {
			// an assumption too
			throw ex.getCause();
		}
	}

	Stream<DynamicTest> tests() {
		this.threads.shutdown();
		return this.tests.stream();
	}

	/** What is run. */
	interface Case {

		void run() throws Exception;

	}

}
