package wsecho.handshake;

import java.util.List;

/**
 * Checks Host: one host, and perhaps a port (RFC 9112, 3.2; RFC 9110, 7.2). It has
 * neither user information nor a path.
 */
final class HostCheck {

	static final String FIELD = "Host";

	static final String ACCEPTS = "a host, and perhaps a colon and a port, and stand once";

	private static final String REGISTERED_NAME_MARKS = "-._~%!$&'()*+,;=";

	private static final String LITERAL_MARKS = "-._~!$&'()*+,;=:";

	private HostCheck() {
	}

	static boolean passes(List<String> lines) {
		return lines.size() == 1 && isAuthority(lines.get(0));
	}

	// a port may be empty (RFC 3986, 3.2.3)
	private static boolean isAuthority(String text) {
		int end = endOfHost(text);
		if (end <= 0) {
			return false;
		}
		return end == text.length() || (text.charAt(end) == ':' && endOfPort(text, end + 1) == text.length());
	}

	private static int endOfHost(String text) {
		if (text.startsWith("[")) {
			int bracket = span(text, 1, LITERAL_MARKS);
			return (bracket > 1 && bracket < text.length() && text.charAt(bracket) == ']') ? bracket + 1 : -1;
		}
		return span(text, 0, REGISTERED_NAME_MARKS);
	}

	private static int span(String text, int from, String marks) {
		int at = from;
		while (at < text.length()
				&& (Characters.isAlphanumeric(text.charAt(at)) || marks.indexOf(text.charAt(at)) >= 0)) {
			at++;
		}
		return at;
	}

	private static int endOfPort(String text, int from) {
		int at = from;
		while (at < text.length() && Characters.isDigit(text.charAt(at))) {
			at++;
		}
		return at;
	}

}
