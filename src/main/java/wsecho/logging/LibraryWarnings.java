package wsecho.logging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Replaces what the libraries log about connections and requests, from INFO on, by one
 * line of our own, at most once a minute for each logger and exception. Their text quotes
 * what the client sent, its line breaks and secrets too, and is left out. Where debugging
 * is enabled for a logger it says everything itself.
 */
final class LibraryWarnings extends TurboFilter {

	private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LibraryWarnings.class);

	private static final List<String> LIBRARIES = List.of("io.netty.", "reactor.", "org.springframework.web.",
			"org.springframework.http.", "org.springframework.boot.webflux.", "org.springframework.boot.actuate.");

	// says where a buffer was lost, in words of its own, and each place once
	private static final String LEAKS = "io.netty.util.ResourceLeakDetector";

	private static final Duration PERIOD = Duration.ofMinutes(1);

	// no larger than there are loggers and exceptions
	private final Map<String, Long> lastReports = new ConcurrentHashMap<>();

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] params, @Nullable Throwable exception) {
		// without a text it is only asked whether the level is enabled
		boolean question = format == null && exception == null;
		if (question || !level.isGreaterOrEqual(Level.INFO) || !isOfLibrary(logger.getName())
				|| Level.DEBUG.isGreaterOrEqual(logger.getEffectiveLevel())) {
			return FilterReply.NEUTRAL;
		}
		if (level.isGreaterOrEqual(logger.getEffectiveLevel())) {
			report(logger.getName(), (exception != null) ? exception : last(params));
		}
		return FilterReply.DENY;
	}

	private static boolean isOfLibrary(String logger) {
		return LIBRARIES.stream().anyMatch(logger::startsWith) && !logger.equals(LEAKS);
	}

	// where SLF4J takes an exception from, too
	private static @Nullable Throwable last(Object @Nullable [] params) {
		return (params != null && params.length > 0 && params[params.length - 1] instanceof Throwable exception)
				? exception : null;
	}

	private void report(String logger, @Nullable Throwable exception) {
		String reported = (exception != null) ? description(exception) : "a problem";
		if (isDue(logger + ((exception != null) ? exception.getClass().getName() : ""))) {
			LOG.warn(
					"{} reports {}. A client may have caused it, so its text is left out; set logging.level.{}=debug "
							+ "to see it, and each of its kind. This line comes once a minute at most.",
					logger, reported, logger);
		}
	}

	private static String description(Throwable exception) {
		StackTraceElement[] trace = exception.getStackTrace();
		return exception.getClass().getName() + ((trace.length > 0) ? " at " + trace[0] : "");
	}

	private boolean isDue(String kind) {
		long now = System.nanoTime();
		Long last = this.lastReports.get(kind);
		if (last == null) {
			return this.lastReports.putIfAbsent(kind, now) == null;
		}
		return now - last >= PERIOD.toNanos() && this.lastReports.replace(kind, last, now);
	}

}
