package wsecho.handshake;

import java.util.List;

/** Checks Sec-WebSocket-Key: 16 bytes in base64 (RFC 6455, 4.2.1, item 5). */
final class KeyCheck {

	static final String FIELD = "Sec-WebSocket-Key";

	static final String ACCEPTS = "16 bytes in base64 (24 characters), and stand once";

	private static final int DIGITS = 22;

	private static final String PADDING = "==";

	private KeyCheck() {
	}

	static boolean passes(List<String> lines) {
		return lines.size() == 1 && isKey(lines.get(0));
	}

	private static boolean isKey(String key) {
		if (key.length() != DIGITS + PADDING.length() || !key.endsWith(PADDING)) {
			return false;
		}
		for (int i = 0; i < DIGITS; i++) {
			if (!isBase64(key.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isBase64(char digit) {
		return Characters.isAlphanumeric(digit) || digit == '+' || digit == '/';
	}

}
