package wsecho.scenario;

import java.io.IOException;

import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Handshakes that are refused because the client wants that. */
@RunningService
class RefusalTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(ints = { 300, 301, 307, 400, 401, 403, 404, 418, 426, 429, 500, 502, 503, 504, 599 })
	void statusIsTheOneAskedFor(int status) throws IOException {
		assertThat(answer("/websocket/refuse/" + status)).startsWith("HTTP/1.1 " + status + " ")
			.containsIgnoringCase("content-type: application/problem+json");
	}

	@Test
	void notModifiedHasNoBody() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket/refuse/304")).readHead())
				.startsWith("HTTP/1.1 304 ");
			// the connection can be used on
			assertThat(client.send(RawSocket.handshake("/websocket/refuse/404")).readResponse())
				.startsWith("HTTP/1.1 404 ");
			assertThat(client.send(RawSocket.handshake("/websocket")).readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 503 })
	void statusOverHttp2(int status) throws Exception {
		try (Http2Connection connection = new Http2Connection(this.port);
				Http2Stream stream = connection
					.stream(Http2Stream.handshake("/websocket/refuse/" + status + "?location=/x&retry-after=7s"))) {
			Http2Headers headers = stream.response();
			assertThat(headers.status()).hasToString("" + status);
			assertThat(headers.get("location")).hasToString("/x");
			assertThat(headers.get("retry-after")).hasToString("7");
		}
	}

	@Test
	void fieldsAreThoseAskedFor() throws IOException {
		assertThat(answer("/websocket/refuse/302?location=/a%3Fb=c")).startsWith("HTTP/1.1 302 ")
			.containsIgnoringCase("\r\nlocation: /a?b=c\r\n");
		assertThat(answer("/websocket/refuse/429?retry-after=90s")).containsIgnoringCase("\r\nretry-after: 90\r\n");
		assertThat(answer("/websocket/refuse/429?retry-after=250ms")).containsIgnoringCase("\r\nretry-after: 1\r\n");
	}

	@Test
	void refusalIsNotCached() throws IOException {
		assertThat(answer("/websocket/refuse/404")).containsIgnoringCase("\r\ncache-control: no-store\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%0d%0aSet-Cookie:%20x=y", "%0a", "http://[", "", "wss://example.org/", "//example.org/",
			"///example.org/", "/%5Cexample.org/", "%5C%5Cexample.org/", "javascript:alert(1)", "%09//example.org/" })
	void locationIsAPathOnThisHost(String location) throws IOException {
		assertThat(answer("/websocket/refuse/302?location=" + location)).startsWith("HTTP/1.1 400 ")
			.contains("\"location\"");
	}

	@Test
	void refusalIsDelayed() throws IOException {
		long start = System.nanoTime();
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket/refuse/503?handshake-delay=300ms")).readResponse())
				.startsWith("HTTP/1.1 503 ");
			assertThat(System.nanoTime() - start).isGreaterThan(299_000_000);
			assertThat(client.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").readResponse())
				.startsWith("HTTP/1.1 200 ");
		}
	}

	private String answer(String path) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(RawSocket.handshake(path)).readResponse();
		}
	}

}
