package wsecho.session;

import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/** Describes the metrics of others that are published without a description. */
final class Descriptions implements MeterFilter {

	private static final Map<String, String> OF = Map.of("http.server.requests", "Requests that are no handshakes",
			"http.server.requests.active", "Requests under way", "netty.allocator.memory.used",
			"Memory that Netty's allocator holds", "netty.allocator.memory.pinned",
			"Memory of Netty's allocator that is in use", "netty.allocator.pooled.arenas",
			"Arenas of Netty's pooled allocator", "netty.allocator.pooled.cache.size",
			"Sizes of the caches of Netty's pooled allocator", "netty.allocator.pooled.threadlocal.caches",
			"Caches of threads in Netty's pooled allocator", "netty.allocator.pooled.chunk.size",
			"Size of a chunk of Netty's pooled allocator", "netty.eventexecutor.tasks.pending",
			"Tasks that wait in an event loop");

	@Override
	public Meter.Id map(Meter.Id id) {
		String description = OF.get(id.getName());
		return (description == null || id.getDescription() != null) ? id
				: new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), description, id.getType());
	}

}
