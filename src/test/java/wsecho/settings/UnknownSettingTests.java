package wsecho.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import wsecho.Application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Settings that nobody knows, from every source. */
class UnknownSettingTests {

	@ParameterizedTest
	@CsvSource({ "--wsecho.limits.sesions=5, wsecho.limits.sessions", "--wsecho.sessions=5, wsecho.limits.sessions",
			"--wsecho.limits.sessions.extra=5, wsecho.limits.sessions",
			"--wsecho.limits.origins.first=*, wsecho.limits.origins", "--port=8080, --server.port",
			"--server.prot=8080, --server.port", "--loging.level.root=debug, --logging.level",
			"--messages=5, --wsecho.caps.messages" })
	void optionStopsTheStartAndTheNearestIsNamed(String option, String nearest) {
		assertThatExceptionOfType(BadSettingsException.class)
			.isThrownBy(() -> SpringApplication.run(Application.class, option, "--server.port=0"))
			.withMessageContaining(option.substring(2, option.indexOf('=')) + " is not ")
			.withMessageContaining("nearest is " + nearest + ".");
	}

	@Test
	void variableStopsTheStart() throws Exception {
		Start start = Start.with(Map.of("WSECHO_LIMITS_SESIONS", "5"));
		assertThat(start.code()).isEqualTo(1);
		assertThat(start.output()).contains("\"WSECHO_LIMITS_SESIONS\"", "wsecho.limits.sessions.")
			.doesNotContain("\tat ", "Started");
		assertThat(start.output().lines()).hasSizeLessThan(16);
	}

	@Test
	void fileStopsTheStart(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("application.yaml"), "wsecho:\n  drain:\n    windw: 5s\n");
		assertThat(Start.with("--spring.config.additional-location=file:" + directory + "/").output())
			.contains("wsecho.drain.windw", "application.yaml", "3:12", "wsecho.drain.window.");
	}

	@Test
	void treeOfFilesStopsTheStart(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("wsecho.drain.windw"), "5s");
		assertThat(Start.with("--spring.config.import=configtree:" + directory + "/").output())
			.contains("wsecho.drain.windw", "wsecho.drain.window.");
	}

	@Test
	void argumentThatIsNoOptionStopsTheStart() {
		assertThatExceptionOfType(BadSettingsException.class)
			.isThrownBy(() -> SpringApplication.run(Application.class, "server.port=0"))
			.withMessageContaining("\"server.port=0\" is not an option");
	}

	@Test
	void allThatIsWrongIsToldAtOnce() {
		assertThatExceptionOfType(BadSettingsException.class)
			.isThrownBy(() -> SpringApplication.run(Application.class, "--port=1", "--wsecho.drain.window=10",
					"--wsecho.drain.windw=10s"))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("--port", "is \"10\"", "windw"));
	}

	@Test
	void everySpellingThatSpringBootTakesIsKnown() throws Exception {
		Map<String, String> variables = Map.of("WSECHO_LIMITS_SESSIONSPERADDRESS", "5", "WSECHO_KEEP_ALIVE_INTERVAL",
				"3s", "WSECHO_LIMITS_ORIGINS_0", "null", "WSECHO_DRAIN_WINDOW", "0");
		assertStarts(variables, "--wsecho.limits.messageSize=1MB", "--wsecho.limits.origins[0]=null",
				"--spring.main.lazy-initialization=true", "--logging.level.wsecho.session=debug",
				"--management.metrics.tags.pod=a", "--debug=false", "--spring.profiles.active=a");
	}

	@Test
	void variablesOfKubernetesAreNoSettings() throws Exception {
		assertStarts(Map.of("WSECHO_PORT", "tcp://198.19.0.1:1901", "WSECHO_SERVICE_HOST", "198.19.0.1",
				"WSECHO_PORT_1901_TCP_ADDR", "198.19.0.1", "WSECHO_SERVICE_PORT_HTTP", "1901",
				"WSECHO_METRICS_SERVICE_HOST", "198.19.0.2", "WSECHO_METRICS_PORT_1902_TCP", "tcp://198.19.0.2:1902"));
	}

	// a port that is taken is found out only when the settings are past the check
	private static void assertStarts(Map<String, String> variables, String... options) throws Exception {
		try (ConfigurableApplicationContext first = SpringApplication.run(Application.class, "--server.port=0",
				"--management.server.port=0")) {
			String taken = "--server.port=" + first.getEnvironment().getProperty("local.server.port");
			String[] all = new String[options.length + 1];
			all[0] = taken;
			System.arraycopy(options, 0, all, 1, options.length);
			assertThat(Start.with(variables, all).output()).contains("already in use");
		}
	}

}
