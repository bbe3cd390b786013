package wsecho.signalr;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.ServiceProcess;
import wsecho.signalr.HubClient.Carrier;

import static org.assertj.core.api.Assertions.assertThat;

/** What the hub's clients see when the service is stopped (SIGTERM). */
@EnabledOnOs(OS.LINUX)
class HubDrainTests {

	private static final int CLIENTS = 500;

	@ParameterizedTest
	@EnumSource
	void everyClientIsToldThatItMayComeAgain(Carrier carrier) throws Exception {
		List<HubClient> clients = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=3s")) {
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(HubClient.open(carrier, service.port(), "keep-alive=0"));
			}
			for (HubClient client : clients) {
				client.waitForNext();
			}
			service.terminate();
			for (HubClient client : clients) {
				assertThat(client.next()).isEqualTo("{\"type\":7,\"allowReconnect\":true}");
			}
			for (HubClient client : clients) {
				assertThat(client.next()).isEqualTo("over");
			}
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: " + CLIENTS + ", given up: 0"))
				.noneMatch((line) -> line.contains("ERROR") || line.contains("WARN"));
		}
	}

}
