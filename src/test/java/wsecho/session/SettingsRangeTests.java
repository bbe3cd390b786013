package wsecho.session;

import java.time.Duration;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which durations the settings accept, and what is said of others. */
class SettingsRangeTests {

	private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	private static final Duration SECOND = Duration.ofSeconds(1);

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT1S", "PT1.5S", "PT1H" })
	void intervalInTheRangeIsAccepted(Duration interval) {
		assertThat(VALIDATOR.validate(new KeepAliveSettings(interval, SECOND))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1S", "PT0.001S", "PT0.5S", "PT0.999999999S", "PT1H0.001S", "P1D" })
	void intervalOutOfTheRangeIsToldWhatIsAccepted(Duration interval) {
		assertThat(VALIDATOR.validate(new KeepAliveSettings(interval, SECOND))).singleElement()
			.satisfies((violation) -> assertThat(violation.getPropertyPath()).hasToString("interval"))
			.extracting(ConstraintViolation::getMessage)
			.isEqualTo("must be 0, or from 1s to 1h, with its unit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.5S", "PT2H" })
	void timeoutOutOfTheRangeIsToldWhatIsAccepted(Duration timeout) {
		assertThat(VALIDATOR.validate(new KeepAliveSettings(SECOND, timeout))).singleElement()
			.extracting(ConstraintViolation::getMessage)
			.isEqualTo("must be from 1s to 1h, with its unit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1S", "PT0.06S", "P366D" })
	void ageOutOfTheRangeIsToldWhatIsAccepted(Duration age) {
		assertThat(VALIDATOR.validate(new AgeLimit(age))).singleElement()
			.extracting(ConstraintViolation::getMessage)
			.isEqualTo("must be 0, or from 1s to 365d, with its unit");
	}

}
