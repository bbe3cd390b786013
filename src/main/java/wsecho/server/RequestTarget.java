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
	 * Makes a target one that Spring understands.
	 * @param target as it arrived, each byte a character
	 * @return the same object if there is nothing to change
	 */
	static String normal(String target) {
		return withPath(encode(target));
	}

	// of the absolute form the path may be empty, which is / (RFC 9110, 4.2.3)
	private static String withPath(String target) {
		int authority = target.startsWith("/") ? -1 : target.indexOf("://");
		if (authority < 1) {
			return target;
		}
		int end = authority + "://".length();
		while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
			end++;
		}
		boolean hasPath = end < target.length() && target.charAt(end) == '/';
		return hasPath ? target : target.substring(0, end) + "/" + target.substring(end);
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
