package wsecho.server;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Streams that are reset, beside a session on the same connection. */
@RunningService
class RapidResetTests {

	private static final int ROUNDS = 3;

	private static final int STREAMS = 80;

	@LocalServerPort
	private int port;

	// takes a second each round, since a reset within the first is a rapid one
	@Test
	void leavingSessionsDoNotEndTheOthers() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			RawSocket other = RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
			for (int i = 0; i < ROUNDS; i++) {
				leave(connection);
			}
			assertThat(other.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	@Test
	void rapidResetsEndTheConnection() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			RawSocket other = RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
			for (int i = 0; i < 200; i++) {
				connection.stream(Http2Stream.handshake("/websocket")).reset();
			}
			// all of it has been dealt with: what comes after the end resets the
			// connection,
			// and its GOAWAY may be lost
			assertThat(other.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			connection.stream(Http2Stream.handshake("/websocket")).reset();
			await().until(() -> !connection.isOpen());
			assertThat(connection.isGoneAway()).isTrue();
		}
	}

	private static void leave(Http2Connection connection) throws Exception {
		List<Http2Stream> streams = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			streams.add(connection.open(Http2Stream.handshake("/websocket?delay=1100ms")));
		}
		RawSocket last = RawSocket.of(streams.get(STREAMS - 1));
		assertThat(last.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		streams.forEach(Http2Stream::reset);
	}

}
