package wsecho.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** A host whose own name does not resolve, as that of a container may. */
class HostNameTests {

	@Test
	void serviceStartsAndTellsAName(@TempDir Path directory) throws Exception {
		Path hosts = Files.createFile(directory.resolve("hosts"));
		try (ServiceProcess service = ServiceProcess.start("-Djdk.net.hosts.file=" + hosts)) {
			assertThat(pod(service.port())).isNotEmpty();
		}
	}

	private static String pod(int port) throws IOException {
		try (RawSocket client = RawSocket.open(port, "/websocket/handshake")) {
			assertThat(client.readFirst()).isEqualTo(0x81);
			String report = new String(client.readPayload(), StandardCharsets.UTF_8);
			return JsonMapper.shared().readTree(report).path("pod").stringValue();
		}
	}

}
