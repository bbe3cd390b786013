package wsecho.server;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A question over HTTP/2 that another instance has to answer. */
@RunningService
class MisdirectedStreamTests {

	@LocalServerPort
	private int port;

	@Test
	void connectionTakesNoMoreStreamsAndItsSessionsStay() throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			RawSocket session = RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
			Http2Headers question = new DefaultHttp2Headers().method("GET")
				.scheme("http")
				.authority("localhost")
				.path("/sessions/ffffffffffffffffffffffffffffffffffffffff");
			Http2Headers answer = connection.wholeRequest(question).response();
			assertThat(answer.status()).hasToString("421");
			assertThat(answer.contains("connection")).isFalse();
			await().until(connection::isGoneAway);
			assertThat(session.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

}
