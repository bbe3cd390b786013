package wsecho.server;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections that begin with a header of the PROXY protocol. */
@RunningService
@TestPropertySource(properties = { "wsecho.proxy-protocol=required", "wsecho.limits.sessions-per-address=1",
		"management.server.port=0" })
class ProxyProtocolTests {

	private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	static Stream<Arguments> headers() {
		return Stream.of(Arguments.of("PROXY TCP4 192.0.2.1 192.0.2.2 1234 80\r\n", "192.0.2.1:1234"),
				Arguments.of("PROXY TCP6 2001:db8::1 2001:db8::2 1234 80\r\n", "[2001:db8::1]:1234"),
				Arguments.of(SIGNATURE + "!\21\0\14\12\1\2\3\12\1\2\4\4\1\0\120", "10.1.2.3:1025"));
	}

	@ParameterizedTest
	@MethodSource("headers")
	void reportNamesClientAndProxy(String header, String client) throws Exception {
		JsonNode report = report(header);
		assertThat(report.get("remote").stringValue()).isEqualTo(client);
		assertThat(report.get("proxy").stringValue()).matches("127\\.0\\.0\\.1:\\d+");
	}

	// LOCAL of version 2 is a check of the proxy's own
	@ParameterizedTest
	@ValueSource(strings = { "PROXY UNKNOWN\r\n", SIGNATURE + " \0\0\0" })
	void headerThatNamesNobodyLeavesTheConnectionsAddress(String header) throws Exception {
		JsonNode report = report(header);
		assertThat(report.get("remote").stringValue()).startsWith("127.0.0.1:");
		assertThat(report.get("proxy").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /websocket HTTP/1.1\r\nHost: localhost\r\n\r\n", "PROXY TCP4 a b 1 2\r\n",
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" })
	void connectionWithoutAValidHeaderIsRefused(String first) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(first).readResponse()).startsWith("HTTP/1.1 400 ")
				.contains("application/problem+json", "PROXY protocol", "wsecho.proxy-protocol");
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void sessionsAreLimitedByTheAddressThatIsNamed() throws Exception {
		try (RawSocket one = connect("PROXY TCP4 192.0.2.1 192.0.2.9 1 80\r\n");
				RawSocket other = connect("PROXY TCP4 192.0.2.2 192.0.2.9 1 80\r\n");
				RawSocket again = connect("PROXY TCP4 192.0.2.1 192.0.2.9 2 80\r\n")) {
			assertThat(one.send(RawSocket.handshake("/websocket")).readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(other.send(RawSocket.handshake("/websocket")).readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(again.send(RawSocket.handshake("/websocket")).readResponse()).startsWith("HTTP/1.1 503 ")
				.contains("Your address");
		}
	}

	@Test
	void headerMayComeInParts() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("PROX")
				.send("Y TCP4 192.0.2.1 192.0.2.2 1 2\r")
				.send("\nGET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
		}
	}

	// the preface (RFC 9113, 3.4) and the server's SETTINGS
	@Test
	void http2WithoutTlsFollowsTheHeader() throws Exception {
		try (RawSocket client = connect("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n")) {
			client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
			// the length of a frame, where an answer of HTTP/1.1 has an H
			assertThat(client.readFirst()).isZero();
		}
	}

	@Test
	void managementPortDoesWithout() throws Exception {
		try (RawSocket client = new RawSocket(this.managementPort)) {
			assertThat(client.send("GET /actuator/health/liveness HTTP/1.1\r\nHost: a\r\n\r\n").readHead())
				.startsWith("HTTP/1.1 200 ");
		}
	}

	private RawSocket connect(String header) throws IOException {
		return new RawSocket(this.port).send(header);
	}

	private JsonNode report(String header) throws Exception {
		try (RawSocket client = connect(header)) {
			assertThat(client.send(RawSocket.handshake("/websocket/handshake")).readHead()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readFirst()).isEqualTo(0x81);
			return JsonMapper.shared().readTree(client.readPayload());
		}
	}

}
