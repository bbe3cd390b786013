package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What holds for a parameter that is not given.
 *
 * @param value its value then; null if it has none
 * @param text the same for a reader
 * @param literal whether the text is the value as a client would write it
 * @param <T> what its value is
 */
public record Default<T>(@Nullable T value, String text, boolean literal) {

	/** A value that a client could give. */
	static <T> Default<T> of(T value) {
		return new Default<>(value, write(value), true);
	}

	/** A value, if any, that is told in words. */
	static <T> Default<T> described(@Nullable T value, String text) {
		return new Default<>(value, text, false);
	}

	static <T> Default<T> none() {
		return described(null, "none");
	}

	/** Of a part of the path. */
	static <T> Default<T> required() {
		return described(null, "required");
	}

	private static String write(Object value) {
		if (value instanceof Duration duration) {
			return DurationText.write(duration);
		}
		if (value instanceof DataSize size) {
			return SizeText.write(size);
		}
		return (value instanceof Enum<?> choice) ? choice.name().toLowerCase(Locale.ROOT) : value.toString();
	}

}
