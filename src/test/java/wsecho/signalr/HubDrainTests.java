package wsecho.signalr;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.Transport;
import wsecho.signalr.HubClient.Carrier;

import static org.assertj.core.api.Assertions.assertThat;

/** What the hub's clients see when the service is stopped (SIGTERM). */
@EnabledOnOs(OS.LINUX)
class HubDrainTests {

	private static final int CLIENTS = 500;

	/** Each with a connection of its own for each request. */
	private static final int CLIENTS_OF_HTTP_2 = 60;

	@ParameterizedTest
	@EnumSource
	void everyClientIsToldThatItMayComeAgain(Carrier carrier) throws Exception {
		drain(Transport.HTTP_1_1, CLIENTS, carrier);
	}

	@Test
	void clientsOverHttp2AreToldSoToo() throws Exception {
		drain(Transport.HTTP_2, CLIENTS_OF_HTTP_2, Carrier.values());
	}

	private static void drain(Transport transport, int count, Carrier... carriers) throws Exception {
		List<HubClient> clients = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=3s")) {
			for (int i = 0; i < count; i++) {
				clients.add(HubClient.open(transport, carriers[i % carriers.length], service.port(), "keep-alive=0"));
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
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: " + count + ", given up: 0"))
				.noneMatch((line) -> line.contains("ERROR") || line.contains("WARN"));
		}
	}

}
