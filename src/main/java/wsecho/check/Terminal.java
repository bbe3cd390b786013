package wsecho.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the standard streams lead to. */
final class Terminal {

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

	/** Whether standard output takes colours (no-color.org). */
	static boolean hasColours(Map<String, String> environment) {
		return is(1) && environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
	}

}
