package wsecho.signalr;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;
import wsecho.signalr.HubClient.Carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the hub holds for clients that cost nothing themselves. */
@EnabledOnOs(OS.LINUX)
class HubMemoryTests {

	private static final long LIMIT = 8 << 20;

	/** What those who hold nothing yet may take meanwhile. */
	private static final long SLACK = 1 << 20;

	/** Between two polls, and then some. */
	private static final Duration GIVEN_UP = Duration.ofSeconds(25);

	private static final String COUNT = "{\"type\":4,\"invocationId\":\"a\",\"target\":\"Count\",\"arguments\":[1000000,0]}";

	private static @Nullable ServiceProcess service;

	@BeforeAll
	static void start() throws Exception {
		service = ServiceProcess.start("-Dwsecho.limits.memory=8MB", "-Dwsecho.limits.sessions=1000", "-Xmx96m");
	}

	@AfterAll
	static void stop() {
		service().close();
	}

	@Test
	void negotiationsHoldNothing() throws Exception {
		String negotiation = String.join("\r\n", "POST /signalr/negotiate?negotiateVersion=1 HTTP/1.1",
				"Host: localhost", "Content-Length: 0", "", "");
		try (RawSocket client = new RawSocket(service().port())) {
			negotiate(client, negotiation, 1000);
			long before = service().liveHeapBytes();
			negotiate(client, negotiation, 5000);
			assertThat(service().liveHeapBytes() - before).isLessThan(SLACK);
		}
		await().untilAsserted(() -> assertThat(used()).isZero());
	}

	private static void negotiate(RawSocket client, String negotiation, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			assertThat(client.send(negotiation).readResponse()).contains("connectionToken");
		}
	}

	@Test
	void namesOfPropertiesAreNotKept() throws Exception {
		try (HubClient client = HubClient.open(Carrier.WEBSOCKETS, service().port(), "")) {
			sendNames(client, 0);
			long before = service().liveHeapBytes();
			sendNames(client, 1);
			assertThat(service().liveHeapBytes() - before).isLessThan(SLACK);
		}
	}

	private static void sendNames(HubClient client, int round) throws Exception {
		for (int i = 0; i < 100; i++) {
			client.send("{\"type\":6,\"%d-%d-%s\":1}".formatted(round, i, "x".repeat(30_000)));
		}
		assertThat(client.call("Echo", "1").get("result").intValue()).isEqualTo(1);
	}

	// takes the 15 s after which a token is too old, too
	@Test
	void pollsThatNeverComeBackAreGivenUp() throws Exception {
		String unused = HubClient.negotiate(service().port(), "").get("connectionToken").stringValue();
		try (RawSocket other = RawSocket.open(service().port(), "/websocket")) {
			assertThatThrownBy(HubMemoryTests::leavePolls).hasMessage("status 503");
			assertThat(used()).isBetween(LIMIT / 2, LIMIT + SLACK);
			assertThat(other.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
		await().atMost(GIVEN_UP).untilAsserted(() -> assertThat(used()).isZero());
		try (HttpExchange poll = HubClient.request(service().port(), "GET", "/signalr?id=" + unused)) {
			assertThat(poll.status()).isEqualTo(404);
			assertThat(poll.field("x-connection-token")).isEqualTo("expired");
		}
	}

	// closed they would tell the server so
	private static void leavePolls() throws Exception {
		for (int i = 0; i < 1000; i++) {
			HubClient.open(Carrier.POLLING, service().port(), "").send(COUNT);
		}
	}

	private static long used() throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + service().managementPort() + "/actuator/prometheus"))
			.build();
		Matcher used = Pattern.compile("(?m)^wsecho_memory_used_bytes (\\S+)")
			.matcher(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
		assertThat(used.find()).isTrue();
		return (long) Double.parseDouble(used.group(1));
	}

	private static ServiceProcess service() {
		return Objects.requireNonNull(service);
	}

}
