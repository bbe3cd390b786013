package wsecho;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in which a Netty buffer was collected before it was released. Each
 * time it leaks one buffer itself and waits for the report of that one, so that a
 * detector that sees nothing fails too.
 */
public class LeakCheck implements AfterAllCallback {

	private static final String CANARY = "canary";

	private static final int ROUNDS = 50;

	// Netty reports the same trace only once, so each canary has a name of its own
	private static final AtomicInteger CANARIES = new AtomicInteger();

	private static final BlockingQueue<String> REPORTS = new LinkedBlockingQueue<>();

	@Override
	public void afterAll(ExtensionContext context) throws InterruptedException {
		List<String> leaks = leaks();
		if (!leaks.isEmpty()) {
			throw new AssertionError(leaks.size() + " buffers leaked; the first: " + leaks.get(0));
		}
	}

	private static List<String> leaks() throws InterruptedException {
		List<String> leaks = new ArrayList<>();
		leakCanary();
		for (int round = 0; round < ROUNDS; round++) {
			System.gc();
			// the detector looks at what was collected when a buffer is allocated
			ByteBufAllocator.DEFAULT.buffer().release();
			String report = REPORTS.poll(100, TimeUnit.MILLISECONDS);
			for (; report != null; report = REPORTS.poll()) {
				if (report.contains(CANARY)) {
					REPORTS.drainTo(leaks);
					return leaks;
				}
				leaks.add(report);
			}
		}
		throw new AssertionError("the leak detector reports nothing");
	}

	private static void leakCanary() {
		ByteBufAllocator.DEFAULT.buffer().touch(CANARY + CANARIES.incrementAndGet());
	}

	/**
	 * Netty's detector, with the reports kept.
	 *
	 * @param <T> the type of the resource
	 */
	public static class Detector<T> extends ResourceLeakDetector<T> {

		/**
		 * Called by Netty, which finds it by a system property.
		 * @param resourceType the type of the resource
		 * @param samplingInterval one in how many is watched, below the paranoid level
		 */
		public Detector(Class<?> resourceType, int samplingInterval) {
			super(resourceType, samplingInterval);
		}

		/**
		 * Called by Netty, which finds it by a system property.
		 * @param resourceType the type of the resource
		 * @param samplingInterval one in how many is watched, below the paranoid level
		 * @param maxActive without effect, as in Netty's own
		 */
		public Detector(Class<?> resourceType, int samplingInterval, long maxActive) {
			this(resourceType, samplingInterval);
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			REPORTS.add(resourceType + records);
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			REPORTS.add(resourceType);
		}

	}

}
