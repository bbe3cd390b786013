package wsecho.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The body that comes back. */
@RunningService
class BodyEchoTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void piecesComeBackBeforeTheBodyIsWhole(Transport transport) throws Exception {
		try (HttpExchange client = begin(transport, "Content-Type: text/plain; charset=koi8-r")) {
			for (int i = 0; i < 3; i++) {
				byte[] piece = new byte[] { (byte) i, '\n', (byte) 0xff };
				client.send(piece);
				if (i == 0) {
					assertThat(client.awaitHead().status()).isEqualTo(200);
					assertThat(client.field("content-type")).isEqualTo("text/plain; charset=koi8-r");
				}
				assertThat(client.read(piece.length)).isEqualTo(piece);
			}
			assertThat(client.endRequest().readBody()).isEmpty();
			assertThat(ToldEnd.of(this.port, client.sessionId())).isEqualTo(new ToldEnd("server", "body", 0));
		}
	}

	@ParameterizedTest
	@EnumSource
	void longBodyIsTheSame(Transport transport) throws Exception {
		byte[] body = new byte[8 << 20];
		new Random(7).nextBytes(body);
		try (HttpExchange client = begin(transport)) {
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, body));
			assertThat(Arrays.equals(client.awaitHead().read(body.length), body)).isTrue();
			sent.join();
			assertThat(client.readBody()).isEmpty();
		}
	}

	private static void send(HttpExchange client, byte[] body) {
		try {
			for (int i = 0; i < body.length; i += 50_000) {
				client.send(Arrays.copyOfRange(body, i, Math.min(body.length, i + 50_000)));
			}
			client.endRequest();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void emptyBodyIsEmpty(Transport transport) throws Exception {
		try (HttpExchange client = begin(transport)) {
			assertThat(client.endRequest().awaitHead().readBody()).isEmpty();
		}
	}

	@Test
	void bodyWithALengthComesBackToo() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
			assertThat(client.readHead()).startsWith("HTTP/1.1 100 ");
			client.send("hello");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").doesNotContain("\r\nContent-Type");
			client.endOutput();
			assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8)).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
		}
	}

	@Test
	void brokenBodyEndsTheConnection() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client
				.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nzz\r\n");
			assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200 ")
				.contains("2\r\nhi\r\n");
		}
	}

	private HttpExchange begin(Transport transport, String... fields) throws Exception {
		return HttpExchange.begin(transport, this.port, "POST", "/echo", fields);
	}

}
