package wsecho.session.admission;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which origins a setting admits, and which settings can admit one. */
class OriginsTests {

	private static final Pattern SETTING = Pattern.compile(Origins.PATTERN);

	@ParameterizedTest
	@CsvSource({ "*,https://example.org", "*,null", "null,null", "https://example.org,https://example.org",
			"https://Example.org:443,https://EXAMPLE.org", "https://example.org,https://example.org:443",
			"http://example.org:80,http://example.org", "https://*.example.org,https://a.example.org",
			"https://*.Example.org,https://a.b.example.ORG", "https://*.example.org:8443,https://a.example.org:8443",
			"https://example.org:[*],https://example.org:8443", "https://example.org:[*],https://example.org",
			"http://[::1]:8080,http://[::1]:8080", "chrome-extension://abcdefgh,chrome-extension://abcdefgh",
			"https://*,https://example.org" })
	void admitted(String setting, String origin) {
		assertThat(setting).matches(SETTING);
		assertThat(new Origins(List.of("https://other.example", setting)).isAllowed(origin)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://example.org,null", "https://example.org,http://example.org",
			"https://example.org,https://example.org:8443", "https://*.example.org,https://example.org",
			"https://*.example.org,https://a.example.org.evil", "https://*.example.org,https://a.example.org:8443",
			"https://*.example.org,http://a.example.org", "https://example.org,https://exampleXorg",
			"null,https://null", "https://example.org:[*],https://example.org.evil:1" })
	void refused(String setting, String origin) {
		assertThat(setting).matches(SETTING);
		assertThat(new Origins(List.of(setting)).isAllowed(origin)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "example.org", "https://", "https://example.org/", "https://example.org/path",
			"https://user@example.org", "https://example.org:0", "https://example.org:65536", "https://example.org:",
			"https://example.org:0443", "https://exämple.org", "https://exa mple.org", "https://.example.org",
			"*.example.org", "https://example.org?a", "https://a\\Eb", "**", "https://example.org:*" })
	void settingThatCannotMatchIsNone(String setting) {
		assertThat(setting).doesNotMatch(SETTING);
	}

}
