package wsecho.settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import wsecho.Application;
import wsecho.fixture.ServiceProcess;

/**
 * What the service says when it does not start.
 *
 * @param code its exit code
 * @param output what it wrote, both streams
 */
record Start(int code, String output) {

	static Start with(String... arguments) throws Exception {
		return with(Map.of(), arguments);
	}

	static Start with(Map<String, String> variables, String... arguments) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(
				ServiceProcess.command(Application.class, List.of("-XX:TieredStopAtLevel=1"), arguments))
			.redirectErrorStream(true);
		// any free port, unless the arguments say otherwise
		builder.environment().putAll(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
		builder.environment().putAll(variables);
		Process process = builder.start();
		// one that starts after all is ended
		CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Start(process.waitFor(), output);
	}

}
