package wsecho.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server says of the handshake that reached it. */
@RunningService
class ReportTests {

	@LocalServerPort
	private int port;

	@Test
	void reportHasTheseMembers() throws Exception {
		JsonNode report = report(Transport.HTTP_1_1, "");
		assertThat(report.propertyNames()).containsExactly("session", "pod", "time", "http", "request", "headers",
				"remote", "proxy", "forwarded", "tls", "subprotocols", "extensions", "ignored");
		assertThat(Duration.between(Instant.parse(report.path("time").asString()), Instant.now()).abs())
			.isLessThan(Duration.ofMinutes(1));
		assertThat(report.path("pod").asString()).isNotEmpty();
		assertThat(report.path("session").asString()).isNotEmpty();
		assertThat(report.path("remote").asString()).matches("127\\.0\\.0\\.1:\\d+");
		assertThat(report.path("tls").isNull()).isTrue();
	}

	@Test
	void requestIsAsItCame() throws Exception {
		JsonNode report = report(Transport.HTTP_1_1, "?a=%20b&c", "X-b: 1", "x-A: 2", "X-B: 3 ,4");
		assertThat(report.path("http").asString()).isEqualTo("HTTP/1.1");
		assertThat(report.path("request").asString()).isEqualTo("GET /websocket/handshake?a=%20b&c HTTP/1.1");
		assertThat(headers(report)).containsExactly("Host=localhost", "Upgrade=websocket", "Connection=Upgrade",
				"Sec-WebSocket-Version=13", "Sec-WebSocket-Key=AAAAAAAAAAAAAAAAAAAAAA==", "X-b#1", "x-A#1", "X-B#4");
		assertThat(report.path("ignored").toString()).isEqualTo("[\"a\",\"c\"]");
	}

	@Test
	void requestOverHttp2IsAsItCame() throws Exception {
		JsonNode report = report(Transport.HTTP_2, "", "x-b: 1", "x-a: 2");
		assertThat(report.path("http").asString()).isEqualTo("HTTP/2");
		assertThat(report.path("request").asString()).isEqualTo("CONNECT /websocket/handshake HTTP/2");
		assertThat(headers(report)).containsExactly(":authority=localhost", "sec-websocket-version=13", "x-b#1",
				"x-a#1");
	}

	@ParameterizedTest
	@EnumSource
	void secretsAreOnlyMeasured(Transport transport) throws Exception {
		JsonNode report = report(transport, "", "Authorization: Basic c2VjcmV0", "cookie: a=secret",
				"Proxy-Authorization: x", "X-Auth-Request-Access-Token: secret1", "X-Amzn-Oidc-Data: secret22",
				"X-Api-Key: secret333", "X-Forwarded-Access-Token: secret4444", "Referer: secret55555");
		assertThat(report.toString()).doesNotContain("c2VjcmV0", "secret")
			.contains("\"length\":14", "\"length\":8", "\"length\":1}", "\"length\":7", "\"length\":8", "\"length\":9",
					"\"length\":10", "\"length\":11");
	}

	@Test
	void whatProxiesClaimIsListed() throws Exception {
		JsonNode report = report(Transport.HTTP_1_1, "", "X-Forwarded-For: 192.0.2.1, 192.0.2.2",
				"Forwarded: for=192.0.2.1", "X-Forwarded-Proto: https");
		assertThat(fields(report.path("forwarded"))).containsExactly("X-Forwarded-For=192.0.2.1, 192.0.2.2",
				"Forwarded=for=192.0.2.1", "X-Forwarded-Proto=https");
		// a claim is only that
		assertThat(report.path("remote").asString()).startsWith("127.0.0.1:");
	}

	@ParameterizedTest
	@EnumSource
	void whatWasNegotiatedIsTold(Transport transport) throws Exception {
		JsonNode report = report(transport, "?compress=true&subprotocol=b", "Sec-WebSocket-Protocol: a, b",
				"Sec-WebSocket-Extensions: x-nothing, permessage-deflate; client_max_window_bits");
		assertThat(report.path("subprotocols").toString())
			.isEqualTo("{\"offered\":[\"a\",\"b\"],\"accepted\":[\"b\"]}");
		assertThat(report.path("extensions").toString())
			.isEqualTo("{\"offered\":[\"x-nothing\",\"permessage-deflate; client_max_window_bits\"],"
					+ "\"accepted\":[\"permessage-deflate\"]}");
	}

	@ParameterizedTest
	@EnumSource
	void afterItTheServerEchoes(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket/handshake")) {
			assertThat(client.readFrame()).startsWith("81:7b");
			assertThat(client.sendFrame(0x82, new byte[] { 1 }).readFrame()).isEqualTo("82:01");
			assertThat(client.sendFrame(0x88, new byte[0]).readFrame()).isEqualTo("88:");
		}
	}

	private JsonNode report(Transport transport, String query, String... fields) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket/handshake" + query, fields)) {
			int first = client.readFirst();
			byte[] payload = client.readPayload();
			// with permessage-deflate it is compressed
			String text = new String((first == 0xc1) ? inflated(payload) : payload, StandardCharsets.UTF_8);
			return JsonMapper.shared().readTree(text);
		}
	}

	private static byte[] inflated(byte[] payload) throws DataFormatException {
		Inflater inflater = new Inflater(true);
		inflater.setInput(payload);
		byte[] text = new byte[10_000];
		int length = inflater.inflate(text);
		inflater.end();
		return Arrays.copyOf(text, length);
	}

	private static List<String> headers(JsonNode report) {
		return fields(report.path("headers"));
	}

	private static List<String> fields(JsonNode list) {
		List<String> fields = new ArrayList<>();
		list.forEach((field) -> fields.add(field.path("name").asString()
				+ (field.has("value") ? "=" + field.path("value").asString() : "#" + field.path("length").asInt())));
		return fields;
	}

}
