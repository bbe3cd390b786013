package wsecho.server;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A handler that fails. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class UnhandledFailureTests {

	@LocalServerPort
	private int port;

	@Test
	void isAProblemAndLoggedOnceWithoutWhatTheClientWrote(CapturedOutput output) throws IOException {
		for (int i = 0; i < 3; i++) {
			try (RawSocket client = new RawSocket(this.port)) {
				client.send("GET /fails?token HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n");
				assertThat(client.readResponse()).startsWith("HTTP/1.1 500 ")
					.contains("application/problem+json")
					.doesNotContain("on purpose");
			}
		}
		assertThat(output).containsOnlyOnce("on purpose").doesNotContain("token");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		RouterFunction<ServerResponse> fails() {
			return RouterFunctions.route().GET("/fails", (request) -> {
				throw new IllegalStateException("on purpose");
			}).build();
		}

	}

}
