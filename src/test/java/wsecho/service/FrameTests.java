package wsecho.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The echo is true to the frame. */
@RunningService
class FrameTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void fragmentComesBackBeforeTheNextIsSent(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			assertThat(client.sendFrame(0x01, bytes("one")).readFrame()).isEqualTo("01:" + hex("one"));
			assertThat(client.sendFrame(0x00, bytes("")).readFrame()).isEqualTo("00:");
			assertThat(client.sendFrame(0x00, bytes("two")).readFrame()).isEqualTo("00:" + hex("two"));
			assertThat(client.sendFrame(0x80, bytes("three")).readFrame()).isEqualTo("80:" + hex("three"));
			assertThat(client.sendFrame(0x82, bytes("four")).readFrame()).isEqualTo("82:" + hex("four"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void pingIsAnsweredInItsTurn(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.send(concat(RawSocket.frame(0x01, bytes("a")), RawSocket.frame(0x89, bytes("p")),
					RawSocket.frame(0x80, bytes("b")), RawSocket.frame(0x89, bytes(""))));
			assertThat(client.readFrame()).isEqualTo("01:" + hex("a"));
			assertThat(client.readFrame()).isEqualTo("8a:" + hex("p"));
			assertThat(client.readFrame()).isEqualTo("80:" + hex("b"));
			assertThat(client.readFrame()).isEqualTo("8a:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void pongThatAnswersNothingIsDropped(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.sendFrame(0x8a, bytes("unasked")).sendFrame(0x82, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("82:" + hex("a"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void byteAtATimeIsAWholeFrame(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			for (byte each : RawSocket.frame(0x81, "x".repeat(300).getBytes(StandardCharsets.UTF_8))) {
				client.send(new byte[] { each });
			}
			assertThat(client.readFrame()).isEqualTo("81:" + hex("x".repeat(300)));
		}
	}

	@ParameterizedTest
	@EnumSource
	void longFrameComesBackInFragments(Transport transport) throws Exception {
		byte[] payload = bytes("0123456789".repeat(30_000));
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			client.sendFrame(0x82, payload);
			StringBuilder echo = new StringBuilder();
			String frame = client.readFrame();
			assertThat(frame).startsWith("02:");
			while (frame.startsWith("02:") || frame.startsWith("00:")) {
				echo.append(frame.substring(3));
				frame = client.readFrame();
			}
			assertThat(frame).startsWith("80:");
			assertThat(echo.append(frame.substring(3))).hasToString(HexFormat.of().formatHex(payload));
		}
	}

	@Test
	void whatComesWithTheHandshakeIsEchoed() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(concat(bytes(RawSocket.handshake("/websocket")), RawSocket.frame(0x81, bytes("early")),
					RawSocket.frame(0x88, bytes(""))));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readFrame()).isEqualTo("81:" + hex("early"));
			assertThat(client.readFrame()).isEqualTo("88:");
		}
	}

	@Test
	void whatComesWithTheHandshakeIsChecked() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(concat(bytes(RawSocket.handshake("/websocket")), new byte[] { (byte) 0x81, 1, 'a' }));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readFrame()).startsWith("88:03ea");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(bytes(text));
	}

}
