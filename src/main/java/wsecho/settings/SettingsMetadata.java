package wsecho.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The metadata that Spring Boot's annotation processor generates from the records, here
 * and in Spring Boot's own jars: what is bound is what is known.
 */
final class SettingsMetadata {

	private static final String FILE = "META-INF/spring-configuration-metadata.json";

	private SettingsMetadata() {
	}

	/** Every setting, the service's own first. */
	static List<Setting> all() {
		return files().map(SettingsMetadata::read)
			.flatMap(SettingsMetadata::settings)
			.sorted(Comparator.comparing((each) -> !Setting.isOwn(each.name())))
			.toList();
	}

	/** The service's own settings. */
	static List<Setting> own() {
		return files().map(SettingsMetadata::read)
			.filter((metadata) -> metadata.contains("\"wsecho."))
			.flatMap(SettingsMetadata::settings)
			.filter((setting) -> Setting.isOwn(setting.name()))
			.toList();
	}

	private static Stream<URL> files() {
		try {
			return Collections.list(SettingsMetadata.class.getClassLoader().getResources(FILE)).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(URL file) {
		try (InputStream in = file.openStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Setting> settings(String metadata) {
		Object properties = JsonParserFactory.getJsonParser().parseMap(metadata).getOrDefault("properties", List.of());
		return (properties instanceof List<?> list) ? list.stream().map((each) -> setting((Map<?, ?>) each))
				: Stream.empty();
	}

	private static Setting setting(Map<?, ?> property) {
		return new Setting(ConfigurationPropertyName.of(text(property.get("name"))), text(property.get("type")),
				text(property.get("description")),
				(property.get("defaultValue") != null) ? text(property.get("defaultValue")) : null);
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

}
