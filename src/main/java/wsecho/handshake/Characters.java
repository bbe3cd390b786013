package wsecho.handshake;

/** The sets of characters that the grammars of HTTP and URIs are made of. */
final class Characters {

	private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

	private Characters() {
	}

	static boolean isDigit(char each) {
		return each >= '0' && each <= '9';
	}

	static boolean isAlphanumeric(char each) {
		return isDigit(each) || (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z');
	}

	/** Whether a token may have it (RFC 9110, 5.6.2). */
	static boolean isTokenCharacter(char each) {
		return isAlphanumeric(each) || TOKEN_MARKS.indexOf(each) >= 0;
	}

	/** Whether a text is a token (RFC 9110, 5.6.2). */
	static boolean isToken(String text) {
		return !text.isEmpty() && text.chars().allMatch((each) -> isTokenCharacter((char) each));
	}

}
