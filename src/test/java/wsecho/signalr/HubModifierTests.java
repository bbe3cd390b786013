package wsecho.signalr;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RunningService;
import wsecho.signalr.HubClient.Carrier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client may ask for, on every transport. */
@RunningService
@TestPropertySource(properties = "wsecho.caps.silence=1s")
class HubModifierTests {

	private static final String STREAM = "{\"type\":4,\"invocationId\":\"s\",\"target\":\"Count\",\"arguments\":[100,1]}";

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@EnumSource
	void repliesAreDelayed(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "delay=200ms")) {
			long begin = System.nanoTime();
			client.call("Echo", "1");
			assertThat(System.nanoTime() - begin).isGreaterThan(200_000_000L);
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionEndsAfterSoManyMessages(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "messages=3")) {
			client.send(STREAM);
			assertThat(client.rest()).hasSize(4).endsWith("{\"type\":7,\"allowReconnect\":true}");
		}
		awaitNone();
	}

	@ParameterizedTest
	@EnumSource
	void connectionEndsAfterItsLifetimeAsAskedFor(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "lifetime=2s&reconnect=false")) {
			assertThat(client.rest()).containsExactly("{\"type\":7}");
		}
		awaitNone();
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsCutAsAskedFor(Carrier carrier) throws Exception {
		for (String end : List.of("abort", "silence")) {
			try (HubClient client = HubClient.open(carrier, this.port, "messages=1&end=" + end)) {
				client.send(STREAM);
				assertThat(client.next()).contains("\"item\":1");
				assertThat(seen(client)).doesNotContain("\"type\":7");
			}
			awaitNone();
		}
	}

	// an event stream that is cut just ends for its client
	private static String seen(HubClient client) {
		try {
			return String.join("", client.rest());
		}
		catch (Exception ex) {
			return ex.toString();
		}
	}

	private void awaitNone() {
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	@ParameterizedTest
	@EnumSource(names = "POLLING", mode = EnumSource.Mode.EXCLUDE)
	void clientIsPingedWhenNothingIsSent(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "keep-alive=200ms")) {
			for (int i = 0; i < 3; i++) {
				assertThat(client.next()).isEqualTo("{\"type\":6}");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void silentClientIsGivenUpOnceItHasPinged(Carrier carrier) throws Exception {
		try (HubClient quiet = HubClient.open(carrier, this.port, "client-timeout=300ms&keep-alive=0");
				HubClient pinging = HubClient.open(carrier, this.port, "client-timeout=300ms&keep-alive=0")) {
			pinging.send("{\"type\":6}");
			assertThat(pinging.rest()).hasSize(1).first().asString().contains("ClientTimeoutInterval");
			assertThat(quiet.call("Echo", "1").get("result").intValue()).isEqualTo(1);
		}
	}

	@Test
	void unreadStreamIsMadeNoFasterThanItIsTaken() throws Exception {
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "")) {
			client.send("{\"type\":4,\"invocationId\":\"s\",\"target\":\"Count\",\"arguments\":[1000000,0]}");
			assertThat(client.receive()).hasSizeBetween(30_000, 70_000);
			assertThat(this.meters.get("wsecho.memory.used").gauge().value()).isLessThan(1_000_000);
			try (HttpExchange end = HubClient.request(this.port, "DELETE", client.target)) {
				assertThat(end.status()).isEqualTo(202);
			}
		}
		awaitNone();
	}

}
