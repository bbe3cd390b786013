package wsecho.server;

import java.util.HexFormat;

/** The target of a request (RFC 9112, 3.2), as a URI has to be written (RFC 3986). */
final class RequestTarget {

	// RFC 3986, 2.2 and 2.3, without letters and digits; the percent sign is the client's
	private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private RequestTarget() {
	}

	/**
	 * Encodes what browsers and others send unencoded: braces, a bar, a caret, bytes of
	 * UTF-8.
	 * @param target as it arrived, each byte a character
	 * @return the same object if there is nothing to encode
	 */
	static String encode(String target) {
		int first = 0;
		while (first < target.length() && isAllowed(target.charAt(first))) {
			first++;
		}
		return (first == target.length()) ? target : encode(target, first);
	}

	private static String encode(String target, int first) {
		StringBuilder encoded = new StringBuilder(target.length() + 16).append(target, 0, first);
		for (int i = first; i < target.length(); i++) {
			char each = target.charAt(i);
			if (isAllowed(each)) {
				encoded.append(each);
			}
			else {
				encoded.append('%').append(HEX.toHexDigits((byte) each));
			}
		}
		return encoded.toString();
	}

	private static boolean isAllowed(char each) {
		return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9')
				|| ALLOWED.indexOf(each) >= 0;
	}

}
