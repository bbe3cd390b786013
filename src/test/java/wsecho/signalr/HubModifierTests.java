package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
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

	private static final String ECHO = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[1]}\u001e";

	private static final String ECHOED = "{\"type\":3,\"invocationId\":\"1\",\"result\":1}\u001e";

	@Test
	void batchIsFragmented() throws Exception {
		try (RawSocket client = socket("fragment=16", HubClient.HANDSHAKE)) {
			assertThat(client.readFrame()).isEqualTo("81:7b7d1e");
			client.sendFrame(0x81, bytes(ECHO));
			StringBuilder batch = new StringBuilder();
			List<Integer> firsts = new ArrayList<>();
			while (batch.length() < ECHOED.length()) {
				firsts.add(client.readFirst());
				byte[] payload = client.readPayload();
				assertThat(payload).hasSizeLessThanOrEqualTo(16);
				batch.append(new String(payload, StandardCharsets.UTF_8));
			}
			assertThat(batch).hasToString(ECHOED);
			assertThat(firsts).containsExactly(0x01, 0x00, 0x80);
		}
	}

	@Test
	void recordsAreCompressedBothWays() throws Exception {
		String offer = "Sec-WebSocket-Extensions: permessage-deflate";
		try (RawSocket client = RawSocket.open(this.port, "/signalr?compress=true", offer)) {
			byte[] records = deflated(HubClient.HANDSHAKE + "\u001e" + ECHO);
			client.sendFrame(0x41, Arrays.copyOf(records, 20));
			client.sendFrame(0x80, Arrays.copyOfRange(records, 20, records.length));
			StringBuilder received = new StringBuilder();
			Inflater inflater = new Inflater(true);
			while (received.length() < "{}\u001e".length() + ECHOED.length()) {
				assertThat(client.readFirst()).isEqualTo(0xc1);
				received.append(inflated(inflater, client.readPayload()));
			}
			assertThat(received).hasToString("{}\u001e" + ECHOED);
		}
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/signalr", offer)).readHead()).startsWith("HTTP/1.1 101 ")
				.doesNotContainIgnoringCase("sec-websocket-extensions");
		}
	}

	// RFC 7692, 7.2.1: what a flush adds is left out
	private static byte[] deflated(String text) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(bytes(text));
		byte[] into = new byte[1024];
		int length = deflater.deflate(into, 0, into.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(into, length - 4);
	}

	private static String inflated(Inflater inflater, byte[] payload) throws Exception {
		byte[] flushed = Arrays.copyOf(payload, payload.length + 4);
		flushed[flushed.length - 2] = (byte) 0xff;
		flushed[flushed.length - 1] = (byte) 0xff;
		inflater.setInput(flushed);
		byte[] into = new byte[1024];
		return new String(into, 0, inflater.inflate(into), StandardCharsets.UTF_8);
	}

	@Test
	void pongAndCloseAreWithheld() throws Exception {
		try (RawSocket client = socket("withhold=pong,close", HubClient.HANDSHAKE)) {
			assertThat(client.readFrame()).isEqualTo("81:7b7d1e");
			client.sendFrame(0x89, new byte[1]).sendFrame(0x81, bytes(ECHO));
			assertThat(client.readFirst()).isEqualTo(0x81);
			assertThat(client.readPayload()).asString(StandardCharsets.UTF_8).isEqualTo(ECHOED);
			client.sendFrame(0x81, bytes("{\"type\":1,\"target\":\"Close\",\"arguments\":[null,false]}\u001e"));
			assertThat(client.readFirst()).isEqualTo(0x81);
			assertThat(client.readPayload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"type\":7}\u001e");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		awaitNone();
	}

	@Test
	void codeAndReasonAreThoseAskedFor() throws Exception {
		try (RawSocket client = socket("messages=1&code=4321&reason=why", HubClient.HANDSHAKE)) {
			assertThat(client.readFrame()).isEqualTo("81:7b7d1e");
			client.sendFrame(0x81, bytes(ECHO));
			assertThat(client.readFirst()).isEqualTo(0x81);
			assertThat(client.readPayload()).asString(StandardCharsets.UTF_8).startsWith(ECHOED + "{\"type\":7,");
			assertThat(client.readFrame()).isEqualTo("88:10e1776879");
		}
		awaitNone();
	}

	private RawSocket socket(String query, String record) throws Exception {
		return RawSocket.open(this.port, "/signalr?" + query).sendFrame(0x81, bytes(record + "\u001e"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	// the same query is for whatever transport the client comes to
	@ParameterizedTest
	@EnumSource(names = "WEBSOCKETS", mode = EnumSource.Mode.EXCLUDE)
	void whatIsForWebSocketsAloneHasNoEffectElsewhere(Carrier carrier) throws Exception {
		String query = "fragment=1&compress=true&withhold=pong,close&code=4321&reason=why&limit=1"
				+ "&subprotocol=none&handshake-delay=1m";
		try (HubClient client = HubClient.open(carrier, this.port, query)) {
			assertThat(client.call("Echo", "1").toString()).contains("\"result\":1");
			client.send("{\"type\":1,\"target\":\"Close\",\"arguments\":[null,false]}");
			assertThat(client.rest()).containsExactly("{\"type\":7}");
		}
		awaitNone();
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
