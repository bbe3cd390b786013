package wsecho.handshake;

import java.io.IOException;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** The answers to a handshake, good and bad. */
@RunningService
class HandshakeTests {

	private static final String GOOD = RawSocket.handshake("/websocket");

	@LocalServerPort
	private int port;

	@Test
	void plainGetIsNotFoundAndSaysWhatSpeaksHere() throws IOException {
		String answer = answer("GET /websocket HTTP/1.1\r\nHost: example.org:81\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 404 ")
			.containsIgnoringCase("content-type: application/problem+json")
			.contains("speaks WebSocket", "//example.org:81/websocket");
	}

	@Test
	void unknownPathIsNotFound() throws IOException {
		assertThat(answer(RawSocket.handshake("/unknown"))).startsWith("HTTP/1.1 404 ")
			.containsIgnoringCase("content-type: application/problem+json");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Upgrade: websocket        | Upgrade: h2c            | Upgrade is
			Upgrade: websocket        | Host2: x                | Upgrade is missing
			Connection: Upgrade       | Connection: keep-alive  | Connection is
			Connection: Upgrade       | Host2: x                | Connection is missing
			Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8  | Sec-WebSocket-Version is
			Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 99 | Sec-WebSocket-Version is
			Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13, 8 | Sec-WebSocket-Version is
			Sec-WebSocket-Version: 13 | Host2: x                | Sec-WebSocket-Version is missing
			GET /websocket HTTP/1.1   | GET /websocket HTTP/1.0 | HTTP/1.1
			""")
	void missingUpgradeIsRequired(String good, String bad, String named) throws IOException {
		assertThat(GOOD).contains(good);
		assertThat(answer(GOOD.replace(good, bad))).matches("(?s)HTTP/1.[01] 426 .*")
			.containsIgnoringCase("\r\nupgrade: websocket\r\n")
			.containsIgnoringCase("\r\nsec-websocket-version: 13\r\n")
			.containsIgnoringCase("content-type: application/problem+json")
			.contains(named);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host2: x", "Sec-WebSocket-Key: ", "Sec-WebSocket-Key: AAAA",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA?A==",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==" })
	void badKeyIsABadRequest(String bad) throws IOException {
		String answer = answer(GOOD.replaceAll("Sec-WebSocket-Key: [^\r]*", bad));
		assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Sec-WebSocket-Key is", "16 bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a, b c", "a;q=1", "\"a\"", "a, a", "caf\u00e9" })
	void badSubprotocolIsABadRequest(String bad) throws IOException {
		assertThat(answer(RawSocket.handshake("/websocket", "Sec-WebSocket-Protocol: " + bad)))
			.startsWith("HTTP/1.1 400 ")
			.contains("Sec-WebSocket-Protocol is");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Upgrade: websocket  | Upgrade: WebSocket
			Upgrade: websocket  | Upgrade: h2c, WEBSOCKET
			Connection: Upgrade | Connection: UPGRADE
			Connection: Upgrade | Connection: keep-alive, upgrade
			Connection: Upgrade | Connection: keep-alive~Connection: Upgrade
			""")
	void fieldsAreListsWithoutCase(String canonical, String variant) throws IOException {
		assertThat(head(GOOD.replace(canonical, variant.replace("~", "\r\n")))).startsWith("HTTP/1.1 101 ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a                                               | a
			a,b                                             | a
			' a , b '                                       | a
			a~Sec-WebSocket-Protocol: b                     | a
			' ,, b'                                         | b
			''                                              | ''
			'~Sec-WebSocket-Protocol: b'                    | b
			v1.json+x                                       | v1.json+x
			""")
	void firstOfferedSubprotocolIsSelected(String offered, String selected) throws IOException {
		String field = "Sec-WebSocket-Protocol: " + offered.replace("~", "\r\n");
		String head = head(RawSocket.handshake("/websocket", field)).toLowerCase(Locale.ROOT);
		assertThat(head).startsWith("http/1.1 101 ");
		if (selected.isEmpty()) {
			assertThat(head).doesNotContain("sec-websocket-protocol");
		}
		else {
			assertThat(head).contains("\r\nsec-websocket-protocol: " + selected + "\r\n");
		}
	}

	@Test
	void noSubprotocolOfferedNoneSelected() throws IOException {
		assertThat(head(GOOD)).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("sec-websocket-protocol");
	}

	@Test
	void acceptIsTheKeysDigest() throws IOException {
		// key and digest are those of RFC 6455, 1.3
		String request = GOOD.replaceAll("Sec-WebSocket-Key: [^\r]*", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
		assertThat(head(request)).containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
	}

	private String answer(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readResponse();
		}
	}

	private String head(String request) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			return client.send(request).readHead();
		}
	}

}
