package wsecho.settings;

import java.util.Objects;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;

/** Where a property was set, in brackets after its name; empty if nobody knows. */
final class Source {

	private Source() {
	}

	static String of(Environment environment, ConfigurationPropertyName name) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(name))
			.filter(Objects::nonNull)
			.findFirst()
			.map(Source::of)
			.orElse("");
	}

	static String of(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		return of(source.getConfigurationProperty(name));
	}

	static String of(@Nullable ConfigurationProperty property) {
		Origin origin = (property != null) ? property.getOrigin() : null;
		if (origin instanceof PropertySourceOrigin known && known.getOrigin() != null) {
			return " (" + known.getOrigin() + ")";
		}
		if (origin instanceof PropertySourceOrigin known) {
			return " (from " + known.getPropertySource().getName() + ")";
		}
		return (origin != null) ? " (" + origin + ")" : "";
	}

}
