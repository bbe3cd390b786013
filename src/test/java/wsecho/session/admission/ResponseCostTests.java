package wsecho.session.admission;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a response that lasts is said to cost, against the heap that it takes. */
@EnabledOnOs(OS.LINUX)
class ResponseCostTests {

	private static final int SESSIONS = 500;

	@Test
	void sessionTakesNoMoreThanItsCost() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Xmx512m")) {
			end(hold(service.port(), 10));
			long before = service.liveHeapBytes();
			List<HttpExchange> clients = hold(service.port(), SESSIONS);
			long each = (service.liveHeapBytes() - before) / SESSIONS;
			end(clients);
			assertThat(each).isBetween(SessionCost.RESPONSE / 2, SessionCost.RESPONSE);
		}
	}

	private static List<HttpExchange> hold(int port, int count) throws Exception {
		List<HttpExchange> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, port, "GET", "/events?every=1h");
			client.readLine();
			clients.add(client);
		}
		return clients;
	}

	private static void end(List<HttpExchange> clients) throws Exception {
		for (HttpExchange client : clients) {
			client.close();
		}
	}

}
