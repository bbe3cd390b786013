package wsecho.session.drain;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** What the clients of responses that last see when the service is stopped (SIGTERM). */
class HttpDrainTests {

	private static final int CLIENTS = 20;

	@ParameterizedTest
	@EnumSource
	void everyResponseIsEndedWell(Transport transport) throws Exception {
		List<HttpExchange> streams = new ArrayList<>();
		List<HttpExchange> held = new ArrayList<>();
		List<HttpExchange> echoes = new ArrayList<>();
		List<HttpExchange> uploads = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1s")) {
			for (int i = 0; i < CLIENTS; i++) {
				streams.add(HttpExchange.open(transport, service.port(), "GET", "/events?every=1h&end=abort"));
				held.add(HttpExchange.begin(transport, service.port(), "GET", "/hold/1h"));
				HttpExchange echo = HttpExchange.begin(transport, service.port(), "POST", "/echo");
				assertThat(echo.send(new byte[] { 'a' }).awaitHead().read(1)).containsExactly('a');
				echoes.add(echo);
				uploads.add(HttpExchange.begin(transport, service.port(), "POST", "/request").send(new byte[] { 'a' }));
			}
			service.terminate();
			for (HttpExchange each : streams) {
				assertThat(each.readBody()).endsWith("\n\n: Service is stopping\n\n");
			}
			for (HttpExchange each : held) {
				assertThat(each.awaitHead().readBody()).contains("\"stopped\":true");
			}
			for (HttpExchange each : echoes) {
				assertThat(each.readBody()).isEmpty();
			}
			for (HttpExchange each : uploads) {
				assertThat(each.awaitHead().readBody()).contains("\"body\":{\"bytes\":1,");
			}
			close(streams, held, echoes, uploads);
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: " + 4 * CLIENTS + ", given up: 0"))
				.noneMatch((line) -> line.contains("ERROR") || line.contains("WARN"));
		}
	}

	@SafeVarargs
	private static void close(List<HttpExchange>... clients) throws Exception {
		for (List<HttpExchange> each : clients) {
			for (HttpExchange client : each) {
				client.close();
			}
		}
	}

	@Test
	void clientThatDoesNotReadDoesNotHoldTheStop() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=0");
				HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, service.port(), "GET",
						"/events?every=1ms&size=1MB")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 1, given up: "));
		}
	}

}
