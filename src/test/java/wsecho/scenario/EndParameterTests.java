package wsecho.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.Flood;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** How the server ends a session when it is asked to, as a client sees it. */
@RunningService
@TestPropertySource(properties = "wsecho.caps.silence=2s")
class EndParameterTests {

	private static final long FLOOD = 128L * 1024 * 1024;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void closeIsWithCodeAndReason(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1")) {
			assertThat(client.readFrame()).isEqualTo("88:03e8" + hex("Closing"));
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		try (RawSocket client = opened(transport, "messages=1&code=4999&reason=caf%C3%A9+%E2%82%AC")) {
			assertThat(client.readFrame()).isEqualTo("88:1387" + hex("caf\u00e9 \u20ac"));
			client.endOutput();
			assertTold(client, "server", "close", 4999);
		}
		try (RawSocket client = opened(transport, "messages=1&reason=")) {
			assertThat(client.readFrame()).isEqualTo("88:03e8");
		}
	}

	@ParameterizedTest
	@EnumSource
	void eofComesWithoutAClose(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1&end=eof")) {
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			assertTold(client, "server", "fin", 1006);
		}
	}

	@ParameterizedTest
	@EnumSource
	void abortIsAReset(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1&end=abort")) {
			assertThatIOException().isThrownBy(client::readFrame).withMessageContaining("reset");
			assertTold(client, "server", "rst", 1006);
		}
	}

	@ParameterizedTest
	@EnumSource
	void silenceAnswersNothing(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1&end=silence")) {
			client.sendFrame(0x81, new byte[] { 'b' }).sendFrame(0x89, new byte[0]).sendFrame(0x83, new byte[0]);
			assertEndAfterSilence(client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void silenceDoesNotAnswerAClose(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1&end=silence")) {
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
			assertEnd(client);
			assertTold(client, "client", "close", 1000);
		}
	}

	@Test
	void silenceReadsOn() throws Exception {
		try (Flood flood = flood("end=silence")) {
			assertThat(flood.run(FLOOD)).isGreaterThanOrEqualTo(FLOOD);
		}
	}

	@Test
	void stallReadsNoMore() throws Exception {
		try (Flood flood = flood("end=stall")) {
			assertThat(flood.run(FLOOD)).isLessThan(FLOOD);
		}
	}

	@ParameterizedTest
	@EnumSource
	void stallAnswersNothing(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1&end=stall")) {
			client.sendFrame(0x89, new byte[0]).sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
			assertEnd(client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void lifetimeEndsTheSession(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?lifetime=300ms&code=3000&reason=over")) {
			assertThat(client.sendFrame(0x82, new byte[1]).readFrame()).isEqualTo("82:00");
			assertThat(client.readFrame()).isEqualTo("88:0bb8" + hex("over"));
		}
		try (RawSocket client = transport.open(this.port, "/websocket?lifetime=0&end=eof")) {
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@ParameterizedTest
	@EnumSource
	void closePathClosesAtOnce(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket/close/1013")) {
			assertThat(client.readFrame()).isEqualTo("88:03f5" + hex("Closing"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void fragmentedMessageIsOne(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?messages=2&end=eof")) {
			client.sendFrame(0x81, new byte[] { 'a' })
				.sendFrame(0x01, new byte[] { 'b' })
				.sendFrame(0x00, new byte[] { 'c' });
			client.sendFrame(0x80, new byte[0]).sendFrame(0x81, new byte[] { 'd' });
			assertThat(client.readFrame()).isEqualTo("81:61");
			assertThat(client.readFrame()).isEqualTo("01:62");
			assertThat(client.readFrame()).isEqualTo("00:63");
			assertThat(client.readFrame()).isEqualTo("80:");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@ParameterizedTest
	@EnumSource
	void withheldPongIsNotSent(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?withhold=pong")) {
			client.sendFrame(0x89, new byte[] { 1 }).sendFrame(0x81, new byte[] { 'a' });
			assertThat(client.readFrame()).isEqualTo("81:61");
			client.sendFrame(0x88, new byte[0]);
			assertThat(client.readFrame()).isEqualTo("88:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void withheldCloseIsNotAnswered(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?withhold=close,pong")) {
			client.sendFrame(0x81, new byte[] { 'a' }).sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
			assertThat(client.readFrame()).isEqualTo("81:61");
			assertEndAfterSilence(client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void withheldCloseIsNotBegun(Transport transport) throws Exception {
		try (RawSocket client = opened(transport, "messages=1&withhold=close")) {
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		try (RawSocket client = transport.open(this.port, "/websocket?withhold=close")) {
			client.sendFrame(0x83, new byte[0]);
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			assertTold(client, "server", "fin", 1006);
		}
	}

	// a session whose first message has been echoed
	private RawSocket opened(Transport transport, String query) throws Exception {
		RawSocket client = transport.open(this.port, "/websocket?" + query);
		client.sendFrame(0x81, new byte[] { 'a' });
		assertThat(client.readFrame()).isEqualTo("81:61");
		return client;
	}

	private Flood flood(String query) throws IOException {
		return new Flood(this.port, 1, RawSocket.handshake("/websocket?lifetime=0&" + query),
				RawSocket.frame(0x82, new byte[60_000]));
	}

	// not before wsecho.caps.silence is over, less what this client was late
	private static void assertEndAfterSilence(RawSocket client) {
		long start = System.nanoTime();
		assertEnd(client);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
	}

	// nothing comes any more but an end without a Close, FIN or reset
	private static void assertEnd(RawSocket client) {
		try {
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private void assertTold(RawSocket client, String by, String how, int code) throws IOException {
		client.close();
		assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd(by, how, code));
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
