package wsecho.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The management port serves the endpoints and nothing else. */
@RunningService
@TestPropertySource(properties = "management.server.port=0")
class ManagementPortTests {

	@LocalManagementPort
	private int port;

	// system properties and variables are before it in the environment of Boot's context
	@Test
	void commandLineSetsThePort() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dmanagement.server.port=1")) {
			assertThat(service.managementPort()).isNotEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/api", "/console", "/checks.json", "/websocket", "/websocket/push", "/livez",
			"/sessions/1", "/nope", "/actuator/nope" })
	void whatIsOnTheMainPortIsNotFound(String path) throws IOException {
		assertThat(answer(RawSocket.handshake(path))).startsWith("HTTP/1.1 404 ")
			.containsIgnoringCase("application/problem+json")
			.contains("under /actuator/ ", "server.port");
		assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 404 ")
			.containsIgnoringCase("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/health/liveness", "/actuator/sessions" })
	void endpointsAreServed(String path) throws IOException {
		assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /actuator/sessions?limit=x HTTP/1.1", "POST /actuator/health HTTP/1.1",
			"GET /actuator/health/nope HTTP/1.1", "HELLO" })
	void refusalIsAProblem(String request) throws IOException {
		assertThat(answer(request + "\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 4")
			.containsIgnoringCase("application/problem+json");
	}

	@Test
	void connectionsAreFew() throws IOException {
		List<RawSocket> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 30; i++) {
				clients.add(new RawSocket(this.port));
			}
			// the others are closed at once, whatever they would have asked for
			assertThat(clients).filteredOn(ManagementPortTests::isServed).hasSize(24);
		}
		finally {
			for (RawSocket client : clients) {
				client.close();
			}
		}
	}

	private static boolean isServed(RawSocket client) {
		try {
			client.send("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
			return client.readResponse().startsWith("HTTP/1.1 200 ");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String answer(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readResponse();
		}
	}

}
