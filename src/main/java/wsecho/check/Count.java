package wsecho.check;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of sessions. */
final class Count implements ITypeConverter<Long> {

	private static final long MOST = 1000;

	@Override
	public Long convert(String text) {
		long number = text.matches("\\d{1,4}") ? Long.parseLong(text) : 0;
		if (number < 1 || number > MOST) {
			throw new TypeConversionException("'" + text + "' is not from 1 to " + MOST);
		}
		return number;
	}

}
