package wsecho.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** That all a JVM may take fits into the memory of its pod. */
class PodMemoryTests {

	private static final long MEBIBYTE = 1 << 20;

	// more than was seen: 77 in use by a pod at rest, its heap included
	private static final long JVM_ITSELF = 112 * MEBIBYTE;

	// of the heap, as wsecho.limits.memory has it by default
	private static final long SERVICE = 24 * MEBIBYTE;

	// with the header fields of a simple client
	private static final long SESSION = 5 * 1024;

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/local", "overlays/production" })
	void everyPartAtItsMostFitsIntoTheLimit(String folder) throws Exception {
		long limit = limit(Manifests.of(folder));
		long heap = heap(limit);
		// Netty's: as much as the heap, if nothing is set
		long direct = heap;
		long code = option("ReservedCodeCacheSize=(\\d+)m") * MEBIBYTE;
		assertThat(heap + direct + code + JVM_ITSELF).isLessThanOrEqualTo(limit).isGreaterThan(limit / 2);
	}

	@Test
	void sessionsFitIntoTheMemoryForClients() throws Exception {
		Manifests base = Manifests.of("base");
		// two thirds are for clients, and three quarters of these for new ones
		long forNew = (heap(limit(base)) - SERVICE) / 2;
		assertThat(base.settings().at("/WSECHO_LIMITS_SESSIONS").asLong() * SESSION).isPositive().isLessThan(forNew);
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/local", "overlays/production" })
	void memoryIsRequestedAsItIsLimited(String folder) throws Exception {
		assertThat(Manifests.of(folder).container().at("/resources/requests/memory"))
			.isEqualTo(Manifests.of(folder).container().at("/resources/limits/memory"));
	}

	private static long heap(long limit) throws Exception {
		// of a small limit the JVM takes the second one
		assertThat(option("MinRAMPercentage=(\\d+)")).isEqualTo(option("MaxRAMPercentage=(\\d+)"));
		return limit * option("MaxRAMPercentage=(\\d+)") / 100;
	}

	private static long limit(Manifests manifests) {
		String limit = manifests.container().at("/resources/limits/memory").asString();
		assertThat(limit).endsWith("Mi");
		return Long.parseLong(limit.substring(0, limit.length() - 2)) * MEBIBYTE;
	}

	private static long option(String pattern) throws Exception {
		Matcher option = Pattern.compile("(?m)^-XX:" + pattern + "$")
			.matcher(Files.readString(Path.of("src/main/docker/java.args")));
		assertThat(option.find()).as(pattern).isTrue();
		return Long.parseLong(option.group(1));
	}

}
