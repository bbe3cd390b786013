package wsecho.scenario;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client may ask of a session, other than how it ends. */
@RunningService
@TestPropertySource(properties = { "wsecho.caps.held=64KB", "wsecho.limits.message-size=1MB" })
class ModifierTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@EnumSource
	void delayShiftsEachReply(Transport transport) throws Exception {
		int count = 150;
		try (RawSocket client = transport.open(this.port, "/websocket?delay=500ms")) {
			long start = System.nanoTime();
			client.send(frames(count));
			for (int i = 0; i < count; i++) {
				assertThat(client.readFrame()).isEqualTo("82:%02x".formatted(i & 0xff));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(499));
			}
			// one after the other they would take more than a minute
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		}
	}

	@ParameterizedTest
	@EnumSource
	void delayedRepliesComeBeforeTheClose(Transport transport) throws Exception {
		// more than is held at once
		int count = 500;
		try (RawSocket client = transport.open(this.port, "/websocket?delay=300ms")) {
			client.send(frames(count)).sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
			for (int i = 0; i < count; i++) {
				assertThat(client.readFrame()).isEqualTo("82:%02x".formatted(i & 0xff));
			}
			assertThat(client.readFrame()).isEqualTo("88:03e8");
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientThatVanishesInADelayIsForgotten(Transport transport) throws Exception {
		RawSocket client = transport.open(this.port, "/websocket?delay=1m");
		client.send(frames(100)).sendFrame(0x89, new byte[0]);
		// the pong is not held, and comes after the messages were taken
		assertThat(client.readFrame()).isEqualTo("8a:");
		client.reset();
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	@ParameterizedTest
	@EnumSource
	void fragmentsKeepTheMessage(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?fragment=2")) {
			client.sendFrame(0x81, HexFormat.of().parseHex("61e282ac62"));
			assertThat(client.readFrame()).isEqualTo("01:61e2");
			assertThat(client.readFrame()).isEqualTo("00:82ac");
			assertThat(client.readFrame()).isEqualTo("80:62");
			client.sendFrame(0x02, new byte[3]).sendFrame(0x80, new byte[0]).sendFrame(0x82, new byte[0]);
			assertThat(client.readFrame()).isEqualTo("02:0000");
			assertThat(client.readFrame()).isEqualTo("00:00");
			assertThat(client.readFrame()).isEqualTo("80:");
			assertThat(client.readFrame()).isEqualTo("82:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void compressedFragmentsInflateToTheMessage(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?fragment=1000&compress=true",
				"Sec-WebSocket-Extensions: permessage-deflate")) {
			client.sendFrame(0x82, new byte[5000]);
			String frame = client.readFrame();
			assertThat(frame).startsWith("42:");
			List<String> more = new ArrayList<>();
			while (!frame.startsWith("80:")) {
				frame = client.readFrame();
				more.add(frame.substring(0, 2));
			}
			assertThat(more).containsExactly("00", "00", "00", "80");
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitIsTheSessionsOwn(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?limit=10B")) {
			assertThat(client.sendFrame(0x82, new byte[10]).readFrame()).startsWith("82:00");
			assertThat(client.sendFrame(0x82, new byte[11]).readFrame()).startsWith("88:03f1");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			subprotocol=b    | b
			subprotocol=none | -
			x=y              | a
			""")
	void subprotocolIsChosen(String query, String selected) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			String head = client.send(RawSocket.handshake("/websocket?" + query, "Sec-WebSocket-Protocol: a, b"))
				.readHead();
			assertThat(head).startsWith("HTTP/1.1 101 ");
			if (selected == null) {
				assertThat(head).doesNotContainIgnoringCase("sec-websocket-protocol");
			}
			else {
				assertThat(head).containsIgnoringCase("\r\nsec-websocket-protocol: " + selected + "\r\n");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void handshakeIsDelayed(Transport transport) throws Exception {
		long start = System.nanoTime();
		try (RawSocket client = transport.open(this.port, "/websocket?handshake-delay=300ms")) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(299));
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	@Test
	void clientThatDoesNotWaitForItsHandshakeIsForgotten() throws Exception {
		RawSocket client = new RawSocket(this.port);
		client.send(RawSocket.handshake("/websocket?handshake-delay=1m"));
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isEqualTo(1));
		client.reset();
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	private static byte[] frames(int count) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < count; i++) {
			frames.writeBytes(RawSocket.frame(0x82, new byte[] { (byte) i }));
		}
		return frames.toByteArray();
	}

}
