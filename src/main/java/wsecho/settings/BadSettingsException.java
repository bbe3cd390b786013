package wsecho.settings;

import java.io.Serial;
import java.util.List;

/** Settings that the service does not know, or does not understand. */
final class BadSettingsException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates it.
	 * @param problems a sentence each
	 */
	BadSettingsException(List<String> problems) {
		super(String.join("\n", problems));
	}

}
