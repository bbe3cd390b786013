package wsecho.settings;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import wsecho.Application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Values that a setting does not accept. */
class BadValueTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "wsecho.limits.sessions|0|from 1 to 1,000,000", "wsecho.limits.sessions|many|a whole number",
					"wsecho.limits.message-size|-1B|at most 1TB", "wsecho.limits.message-size|1XB|a size",
					"wsecho.limits.origins|example.org|scheme://host",
					"wsecho.compression|maybe|one of off, on-request, on",
					"wsecho.keep-alive.timeout|2h|from 1 s to 1 h", "wsecho.drain.window|10x|with its unit" })
	void areReportedInAFewLinesWithWhatIsAccepted(String property, String value, String accepted) throws Exception {
		Start start = Start.with("--" + property + "=" + value);
		assertThat(start.code()).isEqualTo(1);
		assertThat(start.output()).contains(property + " is \"" + value + "\" (from commandLineArgs)", accepted)
			.doesNotContain("\tat ", "java.", "WARN");
		assertThat(start.output().lines()).hasSizeLessThan(17);
	}

	@ParameterizedTest
	@CsvSource({ "server.port, 99999, 99999", "management.server.address, 192.0.2.1, Cannot assign requested address",
			"server.max-http-request-header-size, 0, maxHeaderSize" })
	void whatTheServerCannotHaveIsNamed(String property, String value, String reason) throws Exception {
		Start start = Start.with("--" + property + "=" + value);
		assertThat(start.code()).isEqualTo(1);
		assertThat(start.output()).contains("The server cannot be started. ", reason, property + "=" + value)
			.doesNotContain("\tat ", "java.", "Started");
	}

	static List<Setting> withUnit() {
		return SettingsMetadata.own().stream().filter(Setting::hasUnit).toList();
	}

	@ParameterizedTest
	@MethodSource("withUnit")
	void numberWithoutUnitIsRefused(Setting setting) {
		assertThatExceptionOfType(BadSettingsException.class)
			.isThrownBy(() -> SpringApplication.run(Application.class, "--" + setting.name() + "=10"))
			.withMessageContaining(setting.name() + " is \"10\"")
			.withMessageContaining("with its unit, such as ")
			.withMessageContaining(setting.description());
	}

}
