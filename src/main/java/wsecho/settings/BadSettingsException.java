package wsecho.settings;

import java.util.List;

/** Settings that the service does not know, or does not understand. */
final class BadSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/**
	 * Creates it.
	 * @param problems a sentence each
	 */
	BadSettingsException(List<String> problems) {
		super(String.join("\n", problems));
	}

}
