package wsecho.scenario.parameter;

import java.util.regex.Pattern;

import org.springframework.util.unit.DataSize;

/** Sizes as a client writes them; a number without a unit is bytes. */
final class SizeText {

	private static final String FORM = "a whole number of bytes, or one with its unit, such as 64KB or 1MB";

	private static final Pattern PATTERN = Pattern.compile("[+-]?\\d+([KMGT]?B)?");

	private SizeText() {
	}

	/**
	 * Reads a size.
	 * @param text a whole number, with or without a unit
	 * @return the size
	 * @throws MalformedValueException if it is written otherwise
	 * @throws IllegalArgumentException or {@link ArithmeticException} if it is too large
	 */
	static DataSize read(String text) {
		if (!PATTERN.matcher(text).matches()) {
			throw new MalformedValueException(FORM);
		}
		return DataSize.parse(text);
	}

	/** Writes a size, in the largest unit that it is a whole number of. */
	static String write(DataSize size) {
		long bytes = size.toBytes();
		return (bytes % (1L << 40) == 0) ? (bytes >> 40) + "TB"
				: (bytes % (1 << 30) == 0) ? (bytes >> 30) + "GB" : (bytes % (1 << 20) == 0) ? (bytes >> 20) + "MB"
						: (bytes % (1 << 10) == 0) ? (bytes >> 10) + "KB" : bytes + "B";
	}

}
