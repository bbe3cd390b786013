package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.OpenChannels;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.signalr.HubClient.Carrier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A connection whose client polls and posts. */
@RunningService
class PollingTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private OpenChannels channels;

	@Test
	void firstPollIsAnsweredAtOnceAndLaterOnesAreHeld() throws Exception {
		String target = "/signalr?poll=500ms&id=" + token();
		try (HttpExchange first = HubClient.request(this.port, "GET", target, "Accept: Text")) {
			assertThat(first.status()).isEqualTo(200);
			assertThat(first.field("cache-control")).contains("no-store");
			assertThat(first.field("content-length")).isEqualTo("0");
		}
		long begin = System.nanoTime();
		try (HttpExchange second = HubClient.request(this.port, "GET", target)) {
			assertThat(second.status()).isEqualTo(200);
			assertThat(second.readBody()).isEmpty();
		}
		assertThat(System.nanoTime() - begin).isGreaterThan(500_000_000L);
		delete(target);
	}

	@Test
	void handshakeMayComeBeforeTheFirstPollOrWithIt() throws Exception {
		for (int i = 0; i < 50; i++) {
			String target = "/signalr?id=" + token();
			try (HttpExchange post = HttpExchange.begin(Transport.HTTP_1_1, this.port, "POST", target);
					HttpExchange poll = HttpExchange.begin(Transport.HTTP_1_1, this.port, "GET", target)) {
				post.send((HubClient.HANDSHAKE + "\u001e").getBytes(StandardCharsets.UTF_8)).endRequest().awaitHead();
				assertThat(post.status()).isEqualTo(200);
				assertThat(poll.awaitHead().status()).isEqualTo(200);
				assertThat(poll.readBody()).isEmpty();
			}
			try (HttpExchange second = HubClient.request(this.port, "GET", target)) {
				assertThat(second.readBody()).isEqualTo("{}\u001e");
			}
			delete(target);
		}
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	@ParameterizedTest
	@EnumSource
	void postThatItsClientResetsIsNoFailureOfTheService(Transport transport) throws Exception {
		String target = "/signalr?id=" + token();
		HubClient.request(this.port, "GET", target).close();
		long before = posts("UNKNOWN");
		try (HttpExchange post = HttpExchange.begin(transport, this.port, "POST", target)) {
			post.send(HubClient.HANDSHAKE.getBytes(StandardCharsets.UTF_8));
			await().until(this::isPostUnderWay);
			post.reset();
		}
		await().until(() -> posts("UNKNOWN") == before + 1);
		assertThat(posts("500")).isZero();
		delete(target);
	}

	private boolean isPostUnderWay() {
		return this.meters.find("http.server.requests.active")
			.tag("method", "POST")
			.longTaskTimers()
			.stream()
			.anyMatch((timer) -> timer.activeTasks() > 0);
	}

	private long posts(String status) {
		Timer timer = this.meters.find("http.server.requests")
			.tags("uri", "/signalr", "method", "POST", "status", status)
			.timer();
		return (timer != null) ? timer.count() : 0;
	}

	@Test
	void oneOfTwoTransportsAtOnceIsRefused() throws Exception {
		for (int i = 0; i < 50; i++) {
			String target = "/signalr?id=" + token();
			try (RawSocket socket = new RawSocket(this.port);
					HttpExchange events = HttpExchange.begin(Transport.HTTP_1_1, this.port, "GET", target,
							"Accept: text/event-stream")) {
				boolean upgraded = socket.send(RawSocket.handshake(target)).readHead().startsWith("HTTP/1.1 101 ");
				assertThat(events.awaitHead().status()).isIn(upgraded ? List.of(400, 409) : List.of(200));
			}
		}
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	// which of the two comes first is not known
	@Test
	void newerPollEndsTheOlderOne() throws Exception {
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "");
				HttpExchange one = HttpExchange.begin(Transport.HTTP_1_1, this.port, "GET", client.target);
				HttpExchange other = HttpExchange.begin(Transport.HTTP_1_1, this.port, "GET", client.target)) {
			await().until(() -> this.channels.count() >= 2);
			client.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[1]}");
			List<Integer> statuses = List.of(one.awaitHead().status(), other.awaitHead().status());
			assertThat(statuses).containsExactlyInAnyOrder(200, 204);
		}
	}

	@Test
	void pollThatIsLostLosesNothing() throws Exception {
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "")) {
			try (HttpExchange lost = HttpExchange.begin(Transport.HTTP_1_1, this.port, "GET", client.target)) {
				await().until(() -> this.channels.count() == 1);
				lost.reset();
			}
			await().until(() -> this.channels.count() == 0);
			client.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[1]}");
			assertThat(client.next()).endsWith("\"result\":1}");
		}
	}

	@Test
	void pollOfAnEndedConnectionIsToldSo() throws Exception {
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "")) {
			client.send("{\"type\":1,\"target\":\"Close\",\"arguments\":[null,false]}");
			assertThat(client.next()).isEqualTo("{\"type\":7}");
			try (HttpExchange last = HubClient.request(this.port, "GET", client.target)) {
				assertThat(last.status()).isEqualTo(204);
			}
			try (HttpExchange later = HubClient.request(this.port, "GET", client.target)) {
				assertThat(later.status()).isEqualTo(404);
				assertThat(later.field("x-connection-token")).isEqualTo("ended");
			}
		}
	}

	@Test
	void deleteEndsThePollThatWaits() throws Exception {
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "");
				HttpExchange poll = HttpExchange.begin(Transport.HTTP_1_1, this.port, "GET", client.target)) {
			await().until(() -> this.channels.count() == 1);
			delete(client.target);
			assertThat(poll.awaitHead().status()).isIn(204, 404);
		}
	}

	@Test
	void bodyIsBounded() throws Exception {
		try (HubClient client = HubClient.open(Carrier.POLLING, this.port, "");
				HttpExchange post = HttpExchange.begin(Transport.HTTP_1_1, this.port, "POST", client.target)) {
			byte[] pings = "{\"type\":6}\u001e".repeat(10_000).getBytes(StandardCharsets.UTF_8);
			for (int i = 0; i < 10; i++) {
				post.send(pings);
			}
			assertThat(post.endRequest().awaitHead().status()).isEqualTo(413);
		}
	}

	@Test
	void http10IsAnsweredWithoutChunks() throws Exception {
		String token = token();
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET /signalr?id=" + token + " HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n");
			assertThat(client.readHead()).startsWith("HTTP/1.")
				.contains(" 200 ")
				.doesNotContainIgnoringCase("transfer-encoding");
			HubClient.request(this.port, "POST", "/signalr?id=" + token).close();
		}
	}

	private String token() throws Exception {
		return HubClient.negotiate(this.port, "").get("connectionToken").stringValue();
	}

	private void delete(String target) throws Exception {
		try (HttpExchange end = HubClient.request(this.port, "DELETE", target)) {
			assertThat(end.status()).isEqualTo(202);
		}
	}

}
