package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** Proxies where TLS ends, whose certificate is only known by a file (--cacert). */
@RunningService
class TlsProxyTests {

	private static final String OWN_CONNECTION = "HTTP/2 is spoken, without extended CONNECT: .*";

	private static final String EXTENDED_CONNECT = "HTTP/2 is spoken, with extended CONNECT: a WebSocket opened over it, and "
			+ "reached the server as HTTP/1\\.1\\.";

	private static final String NO_HTTP2 = "HTTP/2 is not spoken here: browsers use HTTP/1\\.1\\.";

	private static final String ALLOW_CONNECT = "http2_protocol_options: {allow_connect: true}";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> setUpRightly() throws Exception {
		Pem pem = Pem.create(this.directory);
		return new AtOnce()
			.with("nginx",
					() -> right(Nginx.secured(this.directory, this.server, pem, "proxy_buffering off;"), pem,
							OWN_CONNECTION))
			.with("HAProxy", () -> right(Haproxy.secured(this.directory, this.server, pem), pem, EXTENDED_CONNECT))
			.with("Apache", () -> right(Apache.secured(this.directory, this.server, pem), pem, NO_HTTP2, "body-up"))
			.with("Envoy", () -> right(Envoy.secured(this.directory, this.server, pem, ""), pem, OWN_CONNECTION))
			.with("Envoy with allow_connect", () -> allowConnect(pem))
			.with("Traefik", () -> traefik(pem))
			.with("Caddy",
					() -> right(Caddy.secured(this.directory, this.server, pem), pem, OWN_CONNECTION, "early-answer"))
			.tests();
	}

	private static void right(Proxy started, Pem pem, String http2, String... except) throws Exception {
		try (Proxy proxy = started) {
			Checked.overTls(proxy.port(), pem, "3s").says("http-version", Verdict.PASS, http2).restPasses(except);
		}
	}

	// it allows browsers what the server then has to refuse
	private void allowConnect(Pem pem) throws Exception {
		try (Proxy proxy = Envoy.secured(this.directory, this.server, pem, ALLOW_CONNECT)) {
			Checked.overTls(proxy.port(), pem, "0s", "http-version")
				.says("http-version", Verdict.FAILED,
						"SETTINGS allow extended CONNECT, .* as one of HTTP/1\\.1 without a right Sec-WebSocket-Key, .*")
				.sets("http-version", "No allow_connect in the http2_protocol_options of the listener");
		}
	}

	// software that takes its scheme from X-Forwarded-Proto is told wss
	private void traefik(Pem pem) throws Exception {
		try (Proxy proxy = Traefik.secured(this.directory, this.server, pem)) {
			Checked.overTls(proxy.port(), pem, "3s")
				.says("host-and-origin", Verdict.CHANGED,
						"X-Forwarded-Proto tells the server wss, and the client uses https: .*")
				.says("http-version", Verdict.PASS, OWN_CONNECTION)
				.restPasses("host-and-origin", "early-answer");
		}
	}

	// without TLS it does not: what it encrypts it collects up to ssl_buffer_size
	@Test
	void nginxGathersStreamsThatItEncryptsUnlessItBuffersNothing() throws Exception {
		Pem pem = Pem.create(this.directory);
		try (Proxy proxy = Nginx.secured(this.directory, this.server, pem, "")) {
			Checked.overTls(proxy.port(), pem, "0s", "sse-open")
				.says("sse-open", Verdict.FAILED,
						Checked.GATHERED + "With X-Accel-Buffering: no they came one by one: .*")
				.sets("sse-open", "nginx: proxy_buffering off;");
		}
	}

	// it loses the rest of one over HTTP/1.1
	@Test
	void caddyReadsABodyOnOverHttp2() throws Exception {
		Pem pem = Pem.create(this.directory);
		try (Proxy proxy = Caddy.secured(this.directory, this.server, pem)) {
			Checked.overHttp2(proxy.port(), pem, "0s", "early-answer")
				.says("early-answer", Verdict.PASS, "All of a body came back, its first bytes after \\d+ ms, while .*");
		}
	}

	@Test
	void aCertificateThatIsNotTrustedIsNoConnection() throws Exception {
		Pem pem = Pem.create(this.directory);
		try (Proxy proxy = Nginx.secured(this.directory, this.server, pem, "")) {
			Checked.overTls(proxy.port(), null, "0s", "connection")
				.says("connection", Verdict.FAILED,
						"The certificate was issued by .*localhost, and no trusted authority vouches for it: .*")
				.sets("connection", "Trust a private authority by --cacert.");
		}
	}

}
