package wsecho.scenario.parameter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A query as it is written: names and values joined by {@code &}, percent-encoded. What
 * is not UTF-8 is an error, where Spring's own reading would have U+FFFD in its place.
 */
final class QueryText {

	private static final String FORM = "percent-encoded UTF-8";

	private QueryText() {
	}

	/**
	 * Splits a query.
	 * @param query as it is written, or null
	 * @return its names and values in their order, none of them decoded
	 */
	static List<Map.Entry<String, String>> split(@Nullable String query) {
		if (query == null) {
			return List.of();
		}
		return Stream.of(query.split("&", -1)).map(QueryText::pair).filter((pair) -> !pair.getKey().isEmpty()).toList();
	}

	private static Map.Entry<String, String> pair(String pair) {
		int equals = pair.indexOf('=');
		return (equals < 0) ? Map.entry(pair, "") : Map.entry(pair.substring(0, equals), pair.substring(equals + 1));
	}

	/**
	 * Decodes a name or a value. Bytes that are not encoded stand for themselves.
	 * @param text percent-encoded
	 * @return the text
	 * @throws MalformedValueException if it is not UTF-8
	 */
	static String decode(String text) {
		if (text.chars().allMatch((each) -> each < 0x80 && each != '%' && each != '+')) {
			return text;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(text))).toString();
		}
		catch (CharacterCodingException | NumberFormatException | IndexOutOfBoundsException ex) {
			throw new MalformedValueException(FORM);
		}
	}

	// each char of a request line is a byte
	private static byte[] bytes(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i++) {
			char each = text.charAt(i);
			if (each == '%') {
				bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
				i += 2;
			}
			else {
				bytes.write((each == '+') ? ' ' : each);
			}
		}
		return bytes.toByteArray();
	}

}
