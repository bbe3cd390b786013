package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RunningService;

/** Proxies where TLS ends, whose certificate is only known by a file (--cacert). */
@RunningService
class TlsProxyTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> setUpRightly() throws Exception {
		Pem pem = Pem.create(this.directory);
		return new AtOnce().with("nginx", () -> right(Nginx.secured(this.directory, this.server, pem), pem))
			.with("HAProxy", () -> right(Haproxy.secured(this.directory, this.server, pem), pem))
			.with("Apache", () -> right(Apache.secured(this.directory, this.server, pem), pem))
			.with("Envoy", () -> right(Envoy.secured(this.directory, this.server, pem), pem))
			.with("Traefik", () -> traefik(pem))
			.with("Caddy", () -> right(Caddy.secured(this.directory, this.server, pem), pem))
			.tests();
	}

	private static void right(Proxy started, Pem pem) throws Exception {
		try (Proxy proxy = started) {
			Checked.overTls(proxy.port(), pem, "3s").restPasses();
		}
	}

	private void traefik(Pem pem) throws Exception {
		try (Proxy proxy = Traefik.secured(this.directory, this.server, pem)) {
			Checked.overTls(proxy.port(), pem, "0s", "h*", "fields", "sizes", "push-live", "close*")
				.says("host-and-origin", Verdict.CHANGED,
						"X-Forwarded-Proto tells the server wss, and the client uses https: .*")
				.restPasses("host-and-origin");
		}
	}

	@Test
	void aCertificateThatIsNotTrustedIsNoConnection() throws Exception {
		Pem pem = Pem.create(this.directory);
		try (Proxy proxy = Nginx.secured(this.directory, this.server, pem)) {
			Checked.overTls(proxy.port(), null, "0s", "http")
				.says("http", Verdict.FAILED,
						"No answer to GET /readyz: TLS: unable to find valid certification path to requested target\\.");
		}
	}

}
