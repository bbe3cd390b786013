package wsecho.check;

import java.util.Map.Entry;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.util.AsciiString;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a header field that is sent with each request. A message never shows its value.
 */
final class Field implements ITypeConverter<Entry<String, String>> {

	private static final int MAX_VALUE = 8 * 1024;

	/** The handshake's own, and those that frame a request. */
	private static final Set<String> REFUSED = Set.of("host", "connection", "upgrade", "content-length",
			"transfer-encoding", "te", "trailer", "expect", "keep-alive", "proxy-connection", "proxy-authorization");

	@Override
	public Entry<String, String> convert(String text) {
		int colon = text.indexOf(':');
		if (colon < 1 || HttpHeaderValidationUtil.validateToken(text.substring(0, colon)) >= 0) {
			throw new TypeConversionException("it is no header field, such as Authorization:Bearer…");
		}
		String name = text.substring(0, colon);
		String value = text.substring(colon + 1).strip();
		if (isReserved(name)) {
			throw new TypeConversionException(name + " is set by the check itself");
		}
		if (value.length() > MAX_VALUE
				|| HttpHeaderValidationUtil.validateValidHeaderValue(AsciiString.of(value)) >= 0) {
			throw new TypeConversionException("the value of " + name + " has more than " + MAX_VALUE
					+ " characters, or one that no field may have");
		}
		return Map.entry(name, value);
	}

	private static boolean isReserved(String name) {
		String lower = AsciiString.of(name).toLowerCase().toString();
		return REFUSED.contains(lower) || lower.startsWith("sec-websocket-");
	}

}
