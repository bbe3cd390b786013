package wsecho.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports bad settings without a stack trace. */
final class BadSettingsAnalyzer extends AbstractFailureAnalyzer<BadSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, BadSettingsException cause) {
		return new FailureAnalysis(cause.getMessage(), "Correct the settings; --help lists them.", cause);
	}

}
