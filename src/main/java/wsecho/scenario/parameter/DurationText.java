package wsecho.scenario.parameter;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.convert.DurationStyle;

/** Durations as a client writes them. A number without a unit would be a guess. */
final class DurationText {

	private static final String FORM = "a whole number and its unit, such as 250ms, 5s or 1m";

	private static final Pattern PATTERN = Pattern.compile("[+-]?\\d+(ns|us|ms|s|m|h|d)");

	private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES,
			ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS);

	private DurationText() {
	}

	/**
	 * Reads a duration.
	 * @param text a whole number and its unit, or 0
	 * @return the duration
	 * @throws MalformedValueException if it is written otherwise
	 * @throws IllegalArgumentException or {@link ArithmeticException} if it is too long
	 */
	static Duration read(String text) {
		if (text.equals("0")) {
			return Duration.ZERO;
		}
		if (!PATTERN.matcher(text).matches()) {
			throw new MalformedValueException(FORM);
		}
		return DurationStyle.SIMPLE.parse(text);
	}

	/** Writes a duration, in the largest unit that it is a whole number of. */
	static String write(Duration duration) {
		if (duration.isZero()) {
			return "0";
		}
		long nanos = duration.toNanos();
		return UNITS.stream()
			.filter((unit) -> nanos % unit.getDuration().toNanos() == 0)
			.findFirst()
			.map((unit) -> DurationStyle.SIMPLE.print(duration, unit))
			.orElseThrow();
	}

}
