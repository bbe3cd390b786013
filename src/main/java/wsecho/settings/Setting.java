package wsecho.settings;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;

/**
 * A property that can be set, as its metadata describes it.
 *
 * @param name its canonical name
 * @param type its Java type
 * @param description what it is for; empty if nothing says it
 * @param defaultValue what holds where it is not set, or null for nothing
 */
record Setting(ConfigurationPropertyName name, String type, String description, @Nullable String defaultValue) {

	private static final String DURATION = "java.time.Duration";

	private static final String SIZE = "org.springframework.util.unit.DataSize";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("wsecho");

	/** Whether a name is one of the service's own, known or not. */
	static boolean isOwn(ConfigurationPropertyName name) {
		return ROOT.isAncestorOf(name);
	}

	/** Whether a property of that name sets this, or a part of it. */
	boolean covers(ConfigurationPropertyName property) {
		return this.name.equals(property) || (this.name.isAncestorOf(property) && hasPart(property));
	}

	private boolean hasPart(ConfigurationPropertyName property) {
		return this.type.startsWith("java.util.Map") || this.type.startsWith("java.util.Properties")
				|| property.isNumericIndex(this.name.getNumberOfElements());
	}

	/** What a value looks like. */
	String form() {
		return switch (this.type) {
			case DURATION -> "a duration with its unit, such as 500ms, 10s, 5m or 1h";
			case SIZE -> "a size with its unit, such as 128B, 64KB or 1MB";
			case "java.lang.Integer", "java.lang.Long" -> "a whole number";
			case "java.lang.Boolean" -> "true or false";
			default -> this.type.startsWith("wsecho.") ? choices() : "a " + this.type.replaceAll("[a-z]+\\.", "");
		};
	}

	// an enumeration
	private String choices() {
		Class<?> type = ClassUtils.resolveClassName(this.type, null);
		return Stream.of(type.getEnumConstants())
			.map((each) -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(", ", "one of ", ""));
	}

	/**
	 * Says that a value is refused.
	 * @param value the value
	 * @param source where it was set
	 * @param reason why, as a clause
	 * @return what was seen, why it is refused, and what the setting is for
	 */
	String refusal(String value, String source, String reason) {
		return "%s is \"%s\"%s: %s.%n    %s (default %s)".formatted(this.name, value, source, reason, this.description,
				this.defaultValue);
	}

	/**
	 * Whether a number is not enough: Spring Boot would take it for milliseconds or
	 * bytes.
	 */
	boolean hasUnit() {
		return this.type.equals(DURATION) || this.type.equals(SIZE);
	}

}
