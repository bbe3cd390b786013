package wsecho.http;

import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The report of a request that is no handshake. */
@RunningService
class RequestReportTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, GET, HTTP/1.1", "HTTP_1_1, DELETE, HTTP/1.1", "HTTP_2, GET, HTTP/2",
			"HTTP_2, PUT, HTTP/2" })
	void requestIsReported(Transport transport, String method, String version) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, method, "/request?a=b%20c",
				"X-Request-ID: 7", "Authorization: secret")) {
			JsonNode report = JsonMapper.shared().readTree(client.readBody());
			assertThat(report.get("session").stringValue()).isEqualTo(client.sessionId());
			assertThat(report.get("request").stringValue()).isEqualTo(method + " /request?a=b%20c " + version);
			assertThat(report.get("http").stringValue()).isEqualTo(version);
			assertThat(report.get("ignored").toString()).isEqualTo("[\"a\"]")
				.isEqualTo("[\"" + client.field("x-ignored-parameters") + "\"]");
			assertThat(report.get("headers").toString()).containsIgnoringCase("x-request-id")
				.contains("\"value\":\"7\"", "\"length\":6")
				.doesNotContain("secret");
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, 0", "HTTP_1_1, 1", "HTTP_1_1, 3000000", "HTTP_2, 0", "HTTP_2, 1", "HTTP_2, 3000000" })
	void bodyIsReportedByLengthAndSum(Transport transport, int length) throws Exception {
		byte[] body = new byte[length];
		new Random(length).nextBytes(body);
		CRC32 sum = new CRC32();
		sum.update(body);
		try (HttpExchange client = HttpExchange.begin(transport, this.port, "POST", "/request")) {
			client.send(body).endRequest();
			assertThat(client.awaitHead().status()).isEqualTo(200);
			assertThat(body(client)).isEqualTo("{\"bytes\":%d,\"crc32\":\"%08x\"}".formatted(length, sum.getValue()));
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", "body", 0));
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWithoutABodyHasNoBytes(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, "GET", "/request")) {
			assertThat(body(client)).isEqualTo("{\"bytes\":0,\"crc32\":\"00000000\"}");
		}
	}

	private static String body(HttpExchange client) throws Exception {
		JsonNode report = JsonMapper.shared().readTree(client.readBody());
		return report.path("body").toString();
	}

}
