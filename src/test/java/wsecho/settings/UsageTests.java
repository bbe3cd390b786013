package wsecho.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code --help} and {@code --version}. */
class UsageTests {

	@ParameterizedTest
	@ValueSource(strings = { "--help", "-h" })
	void helpListsEverySettingWithItsDefault(String option) throws Exception {
		Start help = Start.with(option);
		assertThat(help.code()).isZero();
		assertThat(SettingsMetadata.own()).hasSizeGreaterThan(15)
			.allSatisfy((setting) -> assertThat(help.output().replaceAll("\\s+", " ")).containsAnyOf(listed(setting)));
		assertThat(help.output()).contains("  server.port=1901\n", "  management.server.port=1902\n", "--name=value",
				"WSECHO_LIMITS_");
		assertThat(help.output().lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThan(100));
	}

	// what has no fixed default says in its description what it is
	private static String[] listed(Setting setting) {
		if (setting.defaultValue() == null) {
			return new String[] { " " + setting.name() + " " + setting.description() + " " };
		}
		return new String[] { " " + setting.name() + "=" + setting.defaultValue() + " ",
				setting.description() + ". Default: " + setting.defaultValue() + " " };
	}

	@Test
	void versionIsOneLine() throws Exception {
		Start version = Start.with("--version", "--server.port=1");
		assertThat(version.code()).isZero();
		assertThat(version.output()).startsWith("wsecho ").contains("Java " + Runtime.version()).hasLineCount(1);
	}

}
