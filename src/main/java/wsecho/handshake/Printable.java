package wsecho.handshake;

import java.util.HexFormat;

/** Text of a client's, as it may be shown: what controls a terminal is spelt out. */
public final class Printable {

	private Printable() {
	}

	/**
	 * Spells out control and format characters and line separators, as <code>\</code> and
	 * <code>u</code> and four digits.
	 * @param text any text
	 * @return the text without them
	 */
	public static String of(String text) {
		if (text.chars().noneMatch(Printable::isHidden)) {
			return text;
		}
		StringBuilder printable = new StringBuilder(text.length() + 16);
		text.chars().forEach((each) -> append(printable, (char) each));
		return printable.toString();
	}

	private static void append(StringBuilder to, char each) {
		if (isHidden(each)) {
			to.append("\\u").append(HexFormat.of().toHexDigits(each));
		}
		else {
			to.append(each);
		}
	}

	// those of format turn the direction of what follows
	private static boolean isHidden(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
			default -> false;
		};
	}

}
