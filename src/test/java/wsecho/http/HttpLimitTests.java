package wsecho.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.memory.MemoryBudget;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The limits of all sessions together are those of plain HTTP too. */
@RunningService
@TestPropertySource(properties = "wsecho.limits.sessions=2")
class HttpLimitTests {

	private static final String TARGETS = "GET, /events\nGET, /hold/1s\nGET, /request\nPOST, /echo";

	@LocalServerPort
	private int port;

	@Autowired
	private MemoryBudget memory;

	@ParameterizedTest
	@CsvSource(textBlock = TARGETS)
	void oneTooManyIsToldToComeBack(String method, String target) throws Exception {
		try (HttpExchange one = openEvents(); HttpExchange other = openEvents()) {
			assertThat(one.status()).isEqualTo(200);
			assertThat(other.status()).isEqualTo(200);
			assertUnavailable(method, target, "wsecho.limits.sessions,");
		}
		await().until(() -> this.memory.used() == 0);
	}

	@ParameterizedTest
	@CsvSource(textBlock = TARGETS)
	void noMemoryLeftIsToldToComeBack(String method, String target) throws Exception {
		long others = this.memory.forNewcomers();
		this.memory.draw(others);
		try {
			assertUnavailable(method, target, "wsecho.limits.memory");
		}
		finally {
			this.memory.giveBack(others);
		}
	}

	private void assertUnavailable(String method, String target, String limit) throws Exception {
		for (Transport transport : Transport.values()) {
			try (HttpExchange client = HttpExchange.begin(transport, this.port, method, target)) {
				assertThat(client.awaitHead().status()).isEqualTo(503);
				assertThat(client.field("retry-after")).isEqualTo("5");
				assertThat(client.sessionId()).isEmpty();
				assertThat(client.readBody()).contains(limit);
			}
		}
	}

	private HttpExchange openEvents() throws Exception {
		return HttpExchange.open(Transport.HTTP_1_1, this.port, "GET", "/events");
	}

}
