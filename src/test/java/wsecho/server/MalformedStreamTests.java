package wsecho.server;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Malformed requests of HTTP/2 end their stream (RFC 9113, 8.1.1) and nothing else. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class MalformedStreamTests {

	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0";

	// POST http /api, localhost, and what follows
	private static final String POST = "\0\0\23\1\4\0\0\0\1\u0083\u0086\4\4/api\101\tlocalhost";

	// a PING, whose answer comes after all the rest
	private static final String PING = "\0\0\10\6\0\0\0\0\0abcdefgh";

	@LocalServerPort
	private int port;

	static Stream<Arguments> requests() {
		return Stream.of(request("no :method", (headers) -> headers.remove(":method")),
				request("no :scheme", (headers) -> headers.remove(":scheme")),
				request("no :path", (headers) -> headers.remove(":path")),
				request("empty :path", (headers) -> headers.path("")),
				request("CONNECT with a path", (headers) -> headers.method("CONNECT")));
	}

	private static Arguments request(String what, Consumer<Http2Headers> change) {
		return Arguments.of(what, change);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void incompleteRequestIsAStreamError(String what, Consumer<Http2Headers> change, CapturedOutput output)
			throws Exception {
		Http2Headers headers = new DefaultHttp2Headers(false).method("GET")
			.scheme("http")
			.path("/api")
			.authority("localhost");
		change.accept(headers);
		try (Http2Connection connection = new Http2Connection(this.port)) {
			RawSocket other = RawSocket.open(connection, Http2Stream.handshake("/websocket"));
			assertThatThrownBy(() -> connection.wholeRequest(headers).in().read()).hasMessage("reset with 1");
			assertThat(other.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
		assertQuiet(output);
	}

	// DATA that is longer than the length announced; trailers with a field of the
	// client's choice; a window that overflows
	@ParameterizedTest
	@ValueSource(strings = { "\0\0\4\0\1\0\0\0\1abcd",
			"\0\0\47\1\5\0\0\0\1\0\43:x\n2026-11-25T00:00:00Z ERROR FORGED\0" + "\0",
			"\0\0\4\10\0\0\0\0\1\177\377\377\377" })
	void whatTheClientDoesWrongIsNotLogged(String frame, CapturedOutput output) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(PREFACE + POST.replace("\0\0\23", "\0\0\26") + "\17\15\1" + "1" + frame + PING);
			client.endOutput();
			client.awaitEnd();
		}
		assertQuiet(output);
	}

	@Test
	void lowerStreamIdentifierEndsTheConnection(CapturedOutput output) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(PREFACE + POST.replace("\0\0\0\1\u0083", "\0\0\0\5\u0083")
					+ POST.replace("\0\0\0\1\u0083", "\0\0\0\3\u0083"));
			assertThat(client.readToEnd()).asHexString()
				.containsPattern("0700" + "00000000" + "[0-9A-F]{8}" + "00000001");
		}
		assertQuiet(output);
	}

	// an echo in the form of a RST_STREAM with STREAM_CLOSED, header of the frame
	// included
	@Test
	void payloadIsNotTakenForAReset() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			RawSocket.of(connection.open(Http2Stream.handshake("/websocket"))).close();
			int skipped = connection.skipStream();
			RawSocket client = RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
			byte[] payload = ByteBuffer.allocate(11).put(new byte[] { 0, 3, 0 }).putInt(skipped).putInt(5).array();
			String echo = "82:" + HexFormat.of().formatHex(payload);
			assertThat(client.sendFrame(0x82, payload).readFrame()).isEqualTo(echo);
			assertThat(client.sendFrame(0x82, payload).readFrame()).isEqualTo(echo);
		}
	}

	private static void assertQuiet(CapturedOutput output) {
		assertThat(output).doesNotContain(" reports ", "ERROR", "FORGED", "\tat ");
	}

}
