package wsecho.check;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a version of HTTP: its first number. */
final class HttpVersionConverter implements ITypeConverter<Integer> {

	@Override
	public Integer convert(String text) {
		return switch (text) {
			case "1.1" -> 1;
			case "2" -> 2;
			default -> throw new TypeConversionException("'" + text + "' is not 1.1 or 2");
		};
	}

}
