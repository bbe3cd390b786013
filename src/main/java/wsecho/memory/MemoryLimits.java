package wsecho.memory;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.SizeRange;

/**
 * How much is held for clients.
 *
 * @param memory what connections, requests and sessions may take together; from 8MB to
 * 1TB; by default two thirds of what the JVM's heap has beyond 24 MiB, and 8MB at least
 */
@Validated
@ConfigurationProperties("wsecho.limits")
record MemoryLimits(@SizeRange(min = "8MB", max = "1TB") @Nullable DataSize memory) {

	private static final DataSize LEAST = DataSize.ofMegabytes(8);

	private static final DataSize SERVICE = DataSize.ofMegabytes(24);

	/** In bytes. */
	long budget() {
		return (this.memory != null) ? this.memory.toBytes() : ofHeap(Runtime.getRuntime().maxMemory());
	}

	/**
	 * What of a heap is for clients. Its third part is left to the collector, which needs
	 * room to work; Netty's buffers are outside it, and may take as much again.
	 * @param heap in bytes
	 */
	static long ofHeap(long heap) {
		return Math.max(LEAST.toBytes(), (heap - SERVICE.toBytes()) / 3 * 2);
	}

}
