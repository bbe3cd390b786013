package wsecho.signalr;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.OpenChannels;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.memory.MemoryBudget;
import wsecho.signalr.HubClient.Carrier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The transports over HTTP/2, where each request is a stream. */
@RunningService
class HubHttp2Tests {

	private static final String COUNT = "{\"type\":4,\"invocationId\":\"s\",\"target\":\"Count\",\"arguments\":[1000000,0]}";

	/**
	 * In bytes: what a connection and its streams may hold for one that does not read.
	 */
	private static final long BOUND = 512 * 1024;

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private MemoryBudget memory;

	@Autowired
	private OpenChannels channels;

	@AfterEach
	void nothingIsHeld() {
		await().untilAsserted(() -> {
			assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero();
			assertThat(this.memory.used()).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsAsOverHttp11(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(Transport.HTTP_2, carrier, this.port, "")) {
			assertThat(client.call("Echo", "1e400").toString()).contains("\"result\":");
			assertThat(client.call("Report", "").at("/result/requests/1/first/http").stringValue()).contains("2");
			client.send("{\"type\":1,\"target\":\"Close\",\"arguments\":[\"why\",true]}");
			assertThat(client.rest()).containsExactly("{\"type\":7,\"error\":\"why\",\"allowReconnect\":true}");
		}
	}

	// CANCEL (RFC 9113, 7)
	@Test
	void eventsAreResetAsAskedFor() throws Exception {
		try (HubClient client = HubClient.open(Transport.HTTP_2, Carrier.EVENTS, this.port, "messages=1&end=abort")) {
			client.send(COUNT);
			assertThat(client.next()).contains("\"item\":1");
			assertThatThrownBy(client::next).hasMessage("reset with 8");
		}
	}

	@Test
	void pollThatIsResetLosesNothing() throws Exception {
		try (HubClient client = HubClient.open(Transport.HTTP_2, Carrier.POLLING, this.port, "")) {
			await().until(() -> this.channels.count() == 0);
			try (HttpExchange lost = HttpExchange.begin(Transport.HTTP_2, this.port, "GET", client.target)) {
				// its connection, and its stream
				await().until(() -> this.channels.count() == 2);
				lost.reset();
				await().until(() -> this.channels.count() == 1);
			}
			assertThat(client.call("Echo", "1").get("result").intValue()).isEqualTo(1);
		}
	}

	@Test
	void eventsThatAreNotReadAreNotMadeAndHoldUpNoOthers() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			String target = "/signalr?id=" + HubClient.negotiate(this.port, "").get("connectionToken").stringValue();
			Http2Stream events = connection.wholeRequest(request("GET", target).set("accept", "text/event-stream"));
			assertThat(events.response().status()).hasToString("200");
			events.stopReading();
			post(connection, target, HubClient.HANDSHAKE + "\u001e" + COUNT + "\u001e");
			await().until(() -> this.memory.used() > 64 * 1024);
			// what is posted now is not dealt with, and others are
			post(connection, target, "{\"type\":6}\u001e");
			try (HubClient other = HubClient.open(Transport.HTTP_2, Carrier.EVENTS, this.port, "")) {
				assertThat(other.call("Echo", "1").get("result").intValue()).isEqualTo(1);
			}
			assertThat(this.memory.used()).isLessThan(BOUND);
			events.resumeReading();
			assertNumbered(events.in(), 100_000);
			events.reset();
		}
	}

	private static void assertNumbered(InputStream events, int count) throws Exception {
		StringBuilder text = new StringBuilder();
		int next = 1;
		while (next <= count) {
			byte[] piece = events.readNBytes(16 * 1024);
			text.append(new String(piece, StandardCharsets.US_ASCII));
			List<String> records = List.of(text.toString().split("\u001e", -1));
			for (String record : records.subList(0, records.size() - 1)) {
				if (record.contains("\"item\"")) {
					assertThat(record).endsWith("\"item\":" + next + "}");
					next++;
				}
			}
			text = new StringBuilder(records.get(records.size() - 1));
		}
	}

	private static void post(Http2Connection connection, String target, String body) throws Exception {
		try (Http2Stream post = connection.stream(request("POST", target))) {
			post.out().write(body.getBytes(StandardCharsets.UTF_8));
			post.out().close();
			assertThat(post.response().status()).hasToString("200");
		}
	}

	private static Http2Headers request(String method, String target) {
		return new DefaultHttp2Headers().method(method).scheme("http").path(target).authority("localhost");
	}

}
