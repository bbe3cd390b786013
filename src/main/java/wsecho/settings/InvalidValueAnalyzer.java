package wsecho.settings;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Reports a value that a setting of the service does not accept, with what it accepts.
 * Spring Boot's own report names Java types instead.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidValueAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	/**
	 * Creates it.
	 * @param environment where the value was set
	 */
	InvalidValueAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
		List<String> problems = problems(cause);
		return problems.isEmpty() ? null
				: new FailureAnalysis(String.join("\n", problems), "Correct the settings; --help lists them.", cause);
	}

	private List<String> problems(BindException cause) {
		BindValidationException invalid = findCause(cause, BindValidationException.class);
		if (invalid == null) {
			return find(cause.getName()).map((setting) -> List.of(sentence(setting, "it takes " + setting.form())))
				.orElse(List.of());
		}
		ValidationErrors errors = invalid.getValidationErrors();
		return errors.getAllErrors()
			.stream()
			.flatMap((error) -> find(name(errors.getName(), error)).stream()
				.map((setting) -> sentence(setting, "it " + error.getDefaultMessage())))
			.distinct()
			.toList();
	}

	private static ConfigurationPropertyName name(ConfigurationPropertyName prefix, ObjectError error) {
		// the component of a record, which has capitals where the property has dashes
		return (error instanceof FieldError field)
				? prefix.append(ConfigurationPropertyName.adapt(field.getField(), '.')) : prefix;
	}

	private static Optional<Setting> find(ConfigurationPropertyName name) {
		return SettingsMetadata.own().stream().filter((each) -> each.covers(name)).findFirst();
	}

	private String sentence(Setting setting, String reason) {
		return setting.refusal(this.environment.getProperty(setting.name().toString(), ""),
				Source.of(this.environment, setting.name()), reason);
	}

}
