package wsecho.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.Bomb;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Limits, keep-alive and metrics of sessions. */
@RunningService
@TestPropertySource(properties = { "wsecho.limits.sessions=3", "wsecho.limits.message-size=1000B",
		"wsecho.limits.origins=https://Example.org:443,null", "wsecho.keep-alive.interval=1s",
		"wsecho.keep-alive.timeout=1s" })
class SessionTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Test
	void oneTooManyIsToldToComeBack() throws Exception {
		List<RawSocket> clients = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			clients.add(RawSocket.open(this.port, "/websocket"));
		}
		assertThat(open()).isEqualTo(3);
		assertThat(answer(RawSocket.handshake("/websocket"))).startsWith("HTTP/1.1 503 ")
			.containsIgnoringCase("retry-after: 5\r\n")
			.contains("limit of open sessions (wsecho.limits.sessions,");
		assertThat(answer("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 200 ");
		assertThat(clients.get(0).sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		for (RawSocket client : clients) {
			client.close();
		}
		await().untilAsserted(() -> assertThat(open()).isZero());
		RawSocket.open(this.port, "/websocket").close();
		assertThat(this.meters.counter("wsecho.handshakes.refused", "status", "503").count()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void messageThatIsTooBigEndsTheSession(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			assertThat(client.sendFrame(0x82, new byte[1000]).readFrame()).startsWith("82:00");
			assertThat(client.sendFrame(0x02, new byte[600]).readFrame()).startsWith("02:00");
			assertThat(client.sendFrame(0x80, new byte[401]).readFrame()).startsWith("88:03f1");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		await().untilAsserted(() -> assertThat(
				this.meters.counter("wsecho.sessions.closed", "by", "server", "code", "1009", "transport", "websocket")
					.count())
			.isPositive());
	}

	@Test
	void inflatedMessageCountsAsInflated() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?compress=true",
				"Sec-WebSocket-Extensions: permessage-deflate")) {
			assertThat(client.sendFrame(0xc2, Bomb.of(1)).readFrame()).startsWith("88:03f1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org", "https://EXAMPLE.org:443", "null" })
	void listedOriginMayConnect(String origin) throws Exception {
		RawSocket.open(this.port, "/websocket", "Origin: " + origin).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.org", "https://example.org:8443", "https://example.org.evil", "*" })
	void otherOriginMayNot(String origin) throws Exception {
		assertThat(answer(RawSocket.handshake("/websocket", "Origin: " + origin))).startsWith("HTTP/1.1 403 ")
			.contains("Origin is");
	}

	@ParameterizedTest
	@EnumSource
	void silentClientIsGivenUp(Transport transport) throws Exception {
		double before = this.meters
			.counter("wsecho.sessions.closed", "by", "network", "code", "1006", "transport", "websocket")
			.count();
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			assertThat(client.readFrame()).startsWith("89:");
			await().untilAsserted(() -> assertThat(this.meters
				.counter("wsecho.sessions.closed", "by", "network", "code", "1006", "transport", "websocket")
				.count()).isEqualTo(before + 1));
		}
	}

	@Test
	void clientThatAnswersIsKept() throws Exception {
		long before = this.meters.timer("wsecho.ping.rtt").count();
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			for (int i = 0; i < 3; i++) {
				String ping = client.readFrame();
				assertThat(ping).startsWith("89:");
				client.sendFrame(0x8a, HexFormat.of().parseHex(ping.substring(3)));
			}
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
		assertThat(this.meters.timer("wsecho.ping.rtt").count()).isGreaterThanOrEqualTo(before + 3);
	}

	@Test
	void everySessionHasAnIdOfItsOwn() throws Exception {
		try (RawSocket one = RawSocket.open(this.port, "/websocket");
				RawSocket other = RawSocket.open(this.port, "/websocket")) {
			assertThat(one.sessionId()).matches("[0-9a-f]{40}").isNotEqualTo(other.sessionId());
		}
	}

	@Test
	void endingIsCounted() throws Exception {
		double before = this.meters
			.counter("wsecho.sessions.closed", "by", "client", "code", "4xxx", "transport", "websocket")
			.count();
		double messages = messages("received");
		double sent = messages("sent");
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			client.sendFrame(0x01, new byte[] { 'a' }).sendFrame(0x80, new byte[] { 'b' });
			client.sendFrame(0x88, new byte[] { 0x0f, (byte) 0xa1 });
			while (!client.readFrame().equals(RawSocket.EOF)) {
			}
		}
		await().untilAsserted(() -> assertThat(
				this.meters.counter("wsecho.sessions.closed", "by", "client", "code", "4xxx", "transport", "websocket")
					.count())
			.isEqualTo(before + 1));
		assertThat(messages("received")).isEqualTo(messages + 1);
		assertThat(messages("sent")).isEqualTo(sent + 1);
		assertThat(this.meters.find("http.server.requests").tag("status", "101").timer()).isNull();
	}

	private double messages(String direction) {
		return this.meters.get("wsecho.messages").tag("direction", direction).functionCounter().count();
	}

	private double open() {
		return this.meters.get("wsecho.sessions.open").gauge().value();
	}

	private String answer(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readResponse();
		}
	}

}
