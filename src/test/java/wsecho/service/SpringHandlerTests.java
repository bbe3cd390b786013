package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers as they are written for Spring, on our session. */
@RunningService
@Import(SpringHandlers.class)
@ExtendWith(OutputCaptureExtension.class)
class SpringHandlerTests {

	@LocalServerPort
	private int port;

	@Autowired
	private List<HandlerAdapter> adapters;

	@Autowired
	private SpringHandlers.Exchanges exchanges;

	@BeforeEach
	void forget() {
		SpringHandlers.SEEN.clear();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/upper", "/websocket", "/websocket/handshake", "/websocket/push", "/websocket/close/1000" })
	void everyHandlerIsCalledBySpringsAdapter(String path) throws Exception {
		RawSocket.open(this.port, path).close();
		Object handler = Objects.requireNonNull(this.exchanges.handler(path));
		assertThat(handler).isInstanceOf(WebSocketHandler.class);
		assertThat(this.adapters).filteredOn((adapter) -> adapter.supports(handler))
			.singleElement()
			.isExactlyInstanceOf(WebSocketHandlerAdapter.class);
	}

	@ParameterizedTest
	@EnumSource
	void payloadsNeedNoRelease(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/upper")) {
			assertThat(client.sendFrame(0x81, bytes("loud")).readFrame()).isEqualTo("81:" + hex("LOUD"));
			assertThat(client.sendFrame(0x88, bytes("")).readFrame()).isEqualTo("88:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void inputAndOutputAreIndependent(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/independent")) {
			client.sendFrame(0x81, bytes("in"));
			assertThat(client.readFrame()).isEqualTo("81:" + hex("out 0"));
			assertThat(client.readFrame()).isEqualTo("81:" + hex("out 1"));
			assertThat(SpringHandlers.SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("in");
			client.sendFrame(0x88, bytes(""));
			assertThat(client.readFrame()).isEqualTo("88:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void handlerThatIsDoneClosesNormally(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/first")) {
			client.sendFrame(0x81, bytes("a")).sendFrame(0x81, bytes("b"));
			assertThat(client.readFrame()).isEqualTo("81:" + hex("a"));
			assertThat(client.readFrame()).isEqualTo("88:03e8");
			// pings and data are discarded until the Close comes
			client.sendFrame(0x89, bytes("p")).sendFrame(0x81, bytes("c")).sendFrame(0x88, code(1000));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@Test
	void closeOfTheHandlerIsAFullHandshake() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/close")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("88:0fa1" + hex("bye"));
			client.sendFrame(0x88, code(4001));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			client.endOutput();
			assertThat(SpringHandlers.SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo(new CloseStatus(4001, "bye"));
			assertThat(SpringHandlers.SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("closed, open: false");
		}
	}

	@Test
	void closeThatIsNotAnsweredHasALimit() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/close")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("88:0fa1" + hex("bye"));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@ParameterizedTest
	@EnumSource
	void failureClosesWith1011AndIsLoggedOnce(Transport transport, CapturedOutput output) throws Exception {
		try (RawSocket client = transport.open(this.port, "/failure")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(client.readFrame()).isEqualTo("88:03f3");
			client.sendFrame(0x88, code(1011));
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		assertThat(output.getOut().split("on purpose", -1)).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource
	void lateRepliesComeBeforeTheClose(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/delayed")) {
			for (int i = 0; i < 20; i++) {
				client.sendFrame(0x81, bytes("message " + i));
			}
			client.sendFrame(0x88, code(3000));
			for (int i = 0; i < 20; i++) {
				assertThat(client.readFrame()).isEqualTo("81:" + hex("message " + i));
			}
			assertThat(client.readFrame()).isEqualTo("88:0bb8");
		}
	}

	@Test
	void otherThreadsKeepTheOrder() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/threads")) {
			for (int i = 0; i < 500; i++) {
				client.sendFrame(0x81, bytes("message " + i));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(client.readFrame()).isEqualTo("81:" + hex("message " + i));
			}
		}
	}

	@Test
	void sendersFollowEachOther() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/twice")) {
			assertThat(client.readFrame()).isEqualTo("81:" + hex("one"));
			assertThat(client.readFrame()).isEqualTo("82:" + hex("two"));
			assertThat(client.readFrame()).isEqualTo("88:03e8");
		}
	}

	@Test
	void endlessSenderEndsSomeTimeAfterTheClose() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/endless")) {
			client.sendFrame(0x88, code(1000));
			String frame = client.readFrame();
			while (frame.startsWith("81:")) {
				frame = client.readFrame();
			}
			assertThat(frame).isEqualTo("88:03e8");
		}
	}

	@Test
	void answerToAPingIsReceived() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/ping")) {
			assertThat(client.readFrame()).isEqualTo("89:" + hex("are you there"));
			client.sendFrame(0x8a, bytes("something else")).sendFrame(0x8a, bytes("are you there"));
			assertThat(SpringHandlers.SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("PONG are you there");
		}
	}

	@Test
	void secondSubscriberIsRefused() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/receive-twice")) {
			client.sendFrame(0x81, bytes("a"));
			assertThat(SpringHandlers.SEEN.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
		}
	}

	@Test
	void tooLongAPingIsRefused() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/long-ping")) {
			assertThat(client.readFrame()).isEqualTo("81:" + hex("A ping or pong takes at most 125 bytes, not 126"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "/long-reason, 'A Close reason takes at most 123 bytes, not 124'",
			"/no-code, 'A Close must not carry code 1005'" })
	void closeThatCannotBeSentIsRefused(String path, String message) throws Exception {
		try (RawSocket client = RawSocket.open(this.port, path)) {
			assertThat(client.readFrame()).isEqualTo("81:" + hex(message));
			assertThat(client.readFrame()).isEqualTo("88:03e8");
		}
	}

	@Test
	void goneClientEndsTheHandler() throws Exception {
		RawSocket.open(this.port, "/gone").reset();
		assertThat(SpringHandlers.SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("no status");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] code(int code) {
		return new byte[] { (byte) (code >> 8), (byte) code };
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(bytes(text));
	}

}
