package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The default of a parameter.
 *
 * @param value the value, or null for none
 * @param text its description
 * @param literal whether the description is the value as a client would write it
 * @param <T> the type of the value
 */
public record Default<T>(@Nullable T value, String text, boolean literal) {

	/** A value that a client could give. */
	static <T> Default<T> of(T value) {
		return new Default<>(value, write(value), true);
	}

	/** A value, or none, that is described in words. */
	static <T> Default<T> described(@Nullable T value, String text) {
		return new Default<>(value, text, false);
	}

	static <T> Default<T> none() {
		return described(null, "none");
	}

	/** That of a part of the path. */
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
