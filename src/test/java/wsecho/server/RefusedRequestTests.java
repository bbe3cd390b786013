package wsecho.server;

import java.io.IOException;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that are refused before a handler sees them. */
@RunningService
class RefusedRequestTests {

	private static final String END = "\r\nHost: localhost\r\n\r\n";

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	static Stream<Arguments> refusals() {
		return Stream.of(
				Arguments.of("GET /api HTTP/1.1\r\nCookie: " + "x".repeat(9000) + END, 431,
						"server.max-http-request-header-size"),
				Arguments.of("GET /api?" + "x".repeat(5000) + " HTTP/1.1" + END, 414,
						"server.netty.max-initial-line-length"),
				Arguments.of("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /api HTTP/1.1" + END, 400,
						"wsecho.proxy-protocol"),
				// version 2
				Arguments.of("\r\n\r\n\0\r\nQUIT\n!\21\0\14abcdabcd\0\1\0\2GET /api HTTP/1.1" + END, 400,
						"wsecho.proxy-protocol"),
				Arguments.of("HELLO\r\n\r\n", 400, "not valid HTTP/1.1"),
				Arguments.of("GET /api HTTP/1.1\r\nA b: c" + END, 400, "header name"),
				Arguments.of("GET /api HTTP/1.1\r\nA: b\0c" + END, 400, "header 'A'"),
				Arguments.of("POST /api HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4" + END, 400,
						"Content-Length"),
				Arguments.of("POST /api HTTP/1.1\r\nContent-Length: x" + END, 400, "Content-Length"),
				Arguments.of("GET /api?a=%zz HTTP/1.1" + END, 400, "hexadecimal"),
				Arguments.of("GET /api HTTP/1.1\r\n\r\n", 400, "Host"),
				Arguments.of("GET /api HTTP/1.1\r\nHost: a:\r\nHost: b\r\n\r\n", 400, "Host"),
				Arguments.of(RawSocket.handshake("/websocket").replace("Host: ", "Host: a:\r\nHost: "), 400, "Host"),
				Arguments.of("GET /api HTTP/3.0" + END, 505, "HTTP/1.1"),
				Arguments.of("GET /api HTTP/0.9" + END, 505, "HTTP/1.1"),
				Arguments.of(RawSocket.handshake("/websocket").replace("HTTP/1.1", "HTTP/3.0"), 505, "HTTP/1.1"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void refusalIsAProblemThatIsCounted(String request, int status, String detail) throws IOException {
		double before = refused();
		assertThat(answer(request)).startsWith("HTTP/1.1 " + status + " ")
			.containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
			.contains("\"status\":" + status)
			.contains(detail);
		assertThat(refused()).isEqualTo(before + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONNECT localhost:443 HTTP/1.1", "OPTIONS * HTTP/1.1", "TRACE / HTTP/1.1" })
	void whatIsForProxiesIsRefused(String request) throws IOException {
		assertThat(answer(request + END)).startsWith("HTTP/1.1 4")
			.containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n");
	}

	// refused by WebFlux, which would say nothing
	@ParameterizedTest
	@ValueSource(strings = { "POST / HTTP/1.1", "GET /nope HTTP/1.1\r\nAccept: ;", "GET /nope HTTP/1.1",
			"POST /api HTTP/1.1", "GET /assets/0/page.mjs HTTP/1.1", "GET /livez/nope HTTP/1.1", "GET // HTTP/1.1",
			"GET //[ HTTP/1.1", "GET //a:b@c:d/ HTTP/1.1" })
	void refusalOfWebFluxIsAProblem(String request) throws IOException {
		assertThat(answer(request + END)).startsWith("HTTP/1.1 4")
			.containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
			.contains("\"detail\":\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api?a={}|^`\"<>\\", "http://localhost/api?{", "/api?\u00c3\u00a9" })
	void whatBrowsersSendUnencodedIsTaken(String target) throws IOException {
		assertThat(answer("GET " + target + " HTTP/1.1" + END)).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void absoluteFormIsTaken() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("http://localhost/websocket"));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
		}
	}

	@Test
	void http10NeedsNoHost() throws IOException {
		assertThat(answer("GET /api HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200 ");
	}

	// RFC 9110, 2.5
	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.2", "HTTP/1.9" })
	void laterMinorVersionIsTakenAs11(String version) throws IOException {
		assertThat(answer("GET /api " + version + END)).startsWith("HTTP/1.1 200 ");
		assertThat(answer("GET /nope " + version + END)).startsWith("HTTP/1.1 404 ");
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake("/websocket").replace("HTTP/1.1", version));
			assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
		}
	}

	@Test
	void hostMayEndWithAColon() throws IOException {
		assertThat(answer("GET /api HTTP/1.1\r\nHost: example.org:\r\n\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void refusalComesAfterTheAnswersBeforeIt() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET /api HTTP/1.1" + END + "GET /api HTTP/1.1" + END + "HELLO\r\n\r\n");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ").contains("not valid HTTP/1.1");
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "5;#\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\nX: #\r\n\r\n",
			"5\r\nhello\r\n0\r\nX\r\n\r\n" })
	void bodyThatCannotBeReadHasNoAnswerOfItsOwn(String body) throws IOException {
		String request = "POST /api HTTP/1.1\r\nTransfer-Encoding: chunked" + END + body.replace("#", "x".repeat(9000));
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("GET /api HTTP/1.1" + END + request + "\r\nGET /api HTTP/1.1" + END);
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 405 ");
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost", "http://localhost?a=b" })
	void absoluteFormMayHaveNoPath(String target) throws IOException {
		assertThat(answer("GET " + target + " HTTP/1.1" + END)).startsWith("HTTP/1.1 200 ").contains("<title>");
	}

	@Test
	void answerToHeadHasNoBody() throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("HEAD /api?%zz HTTP/1.1" + END + "GET /api HTTP/1.1" + END);
			assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
		}
	}

	private double refused() {
		return this.meters.find("wsecho.handshakes.refused")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private String answer(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readResponse();
		}
	}

}
