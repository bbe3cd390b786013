package wsecho.session.admission;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens when the process may open no more files (nofile). */
@EnabledOnOs(OS.LINUX)
class FileLimitTests {

	private static final int FILES = 300;

	// more than there are files for
	private static final int CLIENTS = 400;

	@Test
	void sessionsAreAsManyAsThereAreFilesForAndOthersAreRefused() throws Exception {
		List<RawSocket> sessions = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.startWithFiles(FILES)) {
			assertThat(service.log()).anyMatch((line) -> line.contains("ulimit -n"));
			while (isAdmitted(service, sessions)) {
			}
			assertThat(sessions).hasSizeGreaterThan(FILES / 4);
			assertThat(status(service.port(), "/readyz")).isEqualTo(200);
			assertThat(status(service.managementPort(), "/actuator/prometheus")).isEqualTo(200);
			assertSurvives(service, sessions, service.port());
			assertThat(status(service.managementPort(), "/actuator/prometheus")).isEqualTo(200);
			// its management has a limit of its own
			assertSurvives(service, sessions, service.managementPort());
			close(sessions);
			await().untilAsserted(() -> assertThat(isAdmitted(service, sessions)).isTrue());
			assertThat(service.log()).anyMatch((line) -> line.contains("no files for more"));
			assertThat(service.log()).noneMatch((line) -> line.contains("ERROR") || line.contains("\tat "));
			assertThat(service.log()).hasSizeLessThan(10);
		}
		finally {
			close(sessions);
		}
	}

	// connections that say nothing, all at once
	private static void assertSurvives(ServiceProcess service, List<RawSocket> sessions, int port) throws Exception {
		List<Socket> crowd = new ArrayList<>();
		try {
			for (int i = 0; i < CLIENTS; i++) {
				crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
			}
			for (RawSocket session : sessions) {
				assertThat(session.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			}
			assertIdle(service);
		}
		finally {
			for (Socket each : crowd) {
				each.close();
			}
		}
		await().untilAsserted(() -> assertThat(status(port, (port == service.port()) ? "/readyz" : "/actuator/health"))
			.isEqualTo(200));
	}

	private static void assertIdle(ServiceProcess service) throws IOException {
		double before = service.cpuSeconds();
		long start = System.nanoTime();
		await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
		double cores = (service.cpuSeconds() - before) * 1e9 / (System.nanoTime() - start);
		System.out.printf("idle at the file limit: %.3f of a core%n", cores);
		assertThat(cores).isLessThan(0.3);
	}

	private static boolean isAdmitted(ServiceProcess service, List<RawSocket> sessions) throws IOException {
		RawSocket client = new RawSocket(service.port());
		String head = client.send(RawSocket.handshake("/websocket")).readHead();
		if (head.startsWith("HTTP/1.1 101 ")) {
			sessions.add(client);
			return true;
		}
		assertThat(head).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: ");
		client.close();
		return false;
	}

	private static int status(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.version(Version.HTTP_1_1)
			.timeout(Duration.ofSeconds(5))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

	private static void close(List<RawSocket> clients) throws IOException {
		for (RawSocket client : clients) {
			client.close();
		}
		clients.clear();
	}

}
