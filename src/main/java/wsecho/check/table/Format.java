package wsecho.check.table;

import java.util.Locale;

/** How values are written in texts. */
final class Format {

	private static final int MAX_TEXT = 300;

	private Format() {
	}

	static String seconds(long millis) {
		return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
	}

	static String bytes(long number) {
		return String.format(Locale.ROOT, "%,d bytes", number);
	}

	/** What came from outside, without what a terminal would take for a command. */
	static String plain(String text) {
		String printable = text.replaceAll("\\p{Cntrl}", "?");
		return (printable.length() > MAX_TEXT) ? printable.substring(0, MAX_TEXT) + "…" : printable;
	}

}
