package wsecho.scenario;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every modifier beside every other one, over each transport: whatever is asked for, the
 * session ends, and leaves nothing behind.
 */
@RunningService
@TestPropertySource(properties = "wsecho.caps.silence=1s")
class ModifierPairsTests {

	private static final List<String> MODIFIERS = List.of("messages=2", "lifetime=150ms", "end=eof", "end=abort",
			"end=silence", "end=stall", "code=4000", "reason=x", "delay=30ms", "fragment=3", "limit=10B", "ping=1s",
			"withhold=pong", "withhold=close", "subprotocol=none", "compress=true", "handshake-delay=20ms");

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	static Stream<Arguments> pairs() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> IntStream.range(0, MODIFIERS.size())
				.boxed()
				.flatMap((i) -> MODIFIERS.stream()
					.skip(i + 1L)
					.filter((other) -> !sameName(MODIFIERS.get(i), other))
					.map((other) -> Arguments.of(transport, MODIFIERS.get(i) + "&" + other))));
	}

	private static boolean sameName(String one, String other) {
		return one.substring(0, one.indexOf('=')).equals(other.substring(0, other.indexOf('=')));
	}

	@AfterEach
	void noSessionIsLeft() {
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("pairs")
	void sessionEnds(Transport transport, String query) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?" + query, "Sec-WebSocket-Protocol: a",
				"Sec-WebSocket-Extensions: permessage-deflate")) {
			client.sendFrame(0x81, new byte[] { 'a', 'b', 'c', 'd' }).sendFrame(0x89, new byte[] { 1 });
			client.sendFrame(0x02, new byte[] { 'e' }).sendFrame(0x80, new byte[] { 'f' });
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
			assertThat(end(client)).isIn(possibleEnds(query));
		}
	}

	private ToldEnd end(RawSocket client) throws IOException {
		client.awaitEnd();
		client.close();
		return ToldEnd.of(this.port, client.sessionId());
	}

	// the client has sent its Close; the server may have been asked to end before it
	private static List<ToldEnd> possibleEnds(String query) {
		ToldEnd byClient = new ToldEnd("client", "close", 1000);
		if (!query.contains("messages") && !query.contains("lifetime")) {
			return List.of(byClient);
		}
		return List.of(byClient, endByServer(query));
	}

	private static ToldEnd endByServer(String query) {
		if (query.contains("silence") || query.contains("stall")) {
			return new ToldEnd("server", "time", 1006);
		}
		if (query.contains("abort")) {
			return new ToldEnd("server", "rst", 1006);
		}
		if (query.contains("eof") || query.contains("withhold=close")) {
			return new ToldEnd("server", "fin", 1006);
		}
		return new ToldEnd("server", "close", query.contains("code") ? 4000 : 1000);
	}

}
