package wsecho.check.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the standard streams lead to. */
public final class Terminal {

	/** Columns where nothing says how many there are. */
	static final int USUAL = 80;

	private static final int LEAST = 40;

	// longer lines are harder to read
	private static final int MOST = 120;

	private Terminal() {
	}

	/**
	 * Whether a stream leads to a terminal. The JDK cannot tell of one stream alone;
	 * where the system does not show it, the answer is no.
	 */
	static boolean is(int descriptor) {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).startsWith("/dev/pts");
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/**
	 * How many columns a stream's terminal has; 80 if it leads to none, or does not say.
	 */
	public static int width(int descriptor) {
		if (!is(descriptor)) {
			return USUAL;
		}
		try {
			Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/proc/self/fd/" + descriptor))
				.start();
			String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
			int columns = size.matches("\\d{1,4} \\d{1,4}") ? Integer.parseInt(size.split(" ", 2)[1]) : 0;
			return (columns < LEAST) ? USUAL : Math.min(columns, MOST);
		}
		catch (IOException ex) {
			return USUAL;
		}
	}

	/** Whether standard output takes colours (no-color.org). */
	static boolean hasColours(Map<String, String> environment) {
		return is(1) && environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb(environment);
	}

	/** Whether a line of standard error can be written over. */
	public static boolean canRewrite(Map<String, String> environment) {
		return is(2) && !isDumb(environment);
	}

	private static boolean isDumb(Map<String, String> environment) {
		return "dumb".equals(environment.get("TERM"));
	}

}
