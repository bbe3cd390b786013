package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exchange of the wiki page "WebSockets in Nancy using OWIN", to the byte: it
 * receives into a buffer of six bytes, sends each piece on, and closes after one message.
 */
@RunningService
class WikiExchangeTests {

	private static final String PATH = "/websocket?messages=1&fragment=6";

	private static final String OFFER = "Sec-WebSocket-Protocol: echo, chat";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void wholeExchangeIsTheSameToTheByte(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, PATH, OFFER)) {
			client.sendFrame(0x81, bytes("WebSocket rocks"));
			assertThat(client.readFrame()).isEqualTo(frame("01", "WebSoc"));
			assertThat(client.readFrame()).isEqualTo(frame("00", "ket ro"));
			assertThat(client.readFrame()).isEqualTo(frame("80", "cks"));
			assertThat(client.readFrame()).isEqualTo(frame("88", "\u0003\u00e8Closing"));
			client.sendFrame(0x88, new byte[] { 0x03, (byte) 0xe8 });
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@Test
	void firstSubprotocolIsSelected() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake(PATH, OFFER)).readHead()).startsWith("HTTP/1.1 101 ")
				.containsIgnoringCase("\r\nsec-websocket-protocol: echo\r\n");
		}
	}

	@Test
	void firstSubprotocolIsSelectedOverHttp2() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			assertThat(connection.stream(Http2Stream.handshake(PATH, OFFER)).response().get("sec-websocket-protocol"))
				.hasToString("echo");
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String frame(String first, String payload) {
		return first + ":" + HexFormat.of().formatHex(bytes(payload));
	}

}
