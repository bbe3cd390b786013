package wsecho.server;

import java.nio.charset.StandardCharsets;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Requests over HTTP/2 whose header is longer than the limits. */
@RunningService
@TestPropertySource(
		properties = { "server.max-http-request-header-size=1KB", "server.netty.max-initial-line-length=512B" })
class OversizedStreamTests {

	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0";

	// POST http /api, localhost, END_STREAM, and a field "a" whose value of 4,500 bytes
	// follows
	private static final String REQUEST = "\0\21\u00ad\1\5\0\0\0\1\u0083\u0086\4\4/api\101\tlocalhost"
			+ "\0\1a\177\u0095\42";

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void cookieIsRefusedWithAProblemThatIsCounted(boolean ended) throws Exception {
		double before = refused();
		assertRefused(Http2Stream.handshake("/websocket", "cookie: " + "x".repeat(2000)), ended, "431",
				"server.max-http-request-header-size");
		assertThat(refused()).isEqualTo(before + 1);
	}

	@Test
	void queryIsRefusedWithAProblem() throws Exception {
		assertRefused(Http2Stream.handshake("/websocket?" + "x".repeat(600)), true, "414",
				"server.netty.max-initial-line-length");
	}

	// the codec reads no more than four times the limit
	@Test
	void evenLongerOneIsCounted() throws Exception {
		double before = refused();
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(PREFACE + REQUEST + "x".repeat(4500));
			await().until(() -> refused() == before + 1);
		}
	}

	private void assertRefused(Http2Headers request, boolean ended, String status, String detail) throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port)) {
			RawSocket other = RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
			Http2Stream stream = ended ? connection.wholeRequest(request) : connection.stream(request);
			Http2Headers response = stream.response();
			assertThat(response.status()).hasToString(status);
			assertThat(response.get("content-type")).hasToString("application/problem+json");
			int length = response.getInt("content-length");
			assertThat(new String(stream.in().readNBytes(length), StandardCharsets.US_ASCII)).contains(detail);
			assertThat(other.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	private double refused() {
		return this.meters.find("wsecho.handshakes.refused")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
