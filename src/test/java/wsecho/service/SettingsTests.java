package wsecho.service;

import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.Application;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** The properties of {@code wsecho.*}: told to editors, and checked at the start. */
class SettingsTests {

	@Test
	void everyPropertyIsDescribed() throws Exception {
		List<Map<String, Object>> properties = JsonPath.read(metadata(), "$.properties");
		assertThat(properties).extracting((each) -> each.get("name"))
			.contains("wsecho.limits.sessions", "wsecho.limits.handshake", "wsecho.keep-alive.interval",
					"wsecho.drain.window");
		assertThat(properties).allSatisfy((each) -> assertThat(each).containsKeys("description")
			.satisfiesAnyOf((setting) -> assertThat(setting).containsKeys("defaultValue"),
					(setting) -> assertThat("" + setting.get("description")).contains("by default")));
	}

	private static String metadata() throws Exception {
		for (URL url : Collections
			.list(SettingsTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
				if (metadata.contains("\"wsecho.")) {
					return metadata;
				}
			}
		}
		throw new AssertionError("no metadata of wsecho.*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "wsecho.limits.sessions=0", "wsecho.limits.sessions=many", "wsecho.limits.handshake=0",
			"wsecho.limits.origins=example.org", "wsecho.keep-alive.interval=500ms", "wsecho.keep-alive.timeout=2h",
			"wsecho.drain.window=-1s", "wsecho.limits.age=60", "wsecho.limits.message-size=-1B", "wsecho.caps.held=1KB",
			"wsecho.caps.size=4GB", "wsecho.caps.delay=2h" })
	void badValueStopsTheStartAndIsNamed(String setting) throws Exception {
		String output = outputOfFailedStart("-D" + setting);
		assertThat(output).containsOnlyOnce(setting.replaceFirst("=(.*)", " is \"$1\"")).doesNotContain("\tat ");
	}

	private static String outputOfFailedStart(String flag) throws Exception {
		Process service = new ProcessBuilder(
				ServiceProcess.command(Application.class, List.of(flag), "--server.port=0"))
			.redirectErrorStream(true)
			.start();
		// one that does start ends here too
		service.onExit().completeOnTimeout(service, 60, TimeUnit.SECONDS).thenRun(service.toHandle()::destroy);
		String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(service.waitFor()).isEqualTo(1);
		return output;
	}

}
