package wsecho.server;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.SelfSigned;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A new certificate while sessions are open. */
@RunningService
@TestPropertySource(properties = { "spring.ssl.bundle.jks.wsecho.reload-on-update=true",
		"spring.ssl.bundle.watch.file.quiet-period=100ms" })
class CertificateReloadTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path directory;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		SelfSigned.configure(properties, directory.resolve("wsecho.p12"));
	}

	@Test
	void newOneIsUsedAndOpenSessionsStay() throws Exception {
		Certificate before = certificate();
		try (RawSocket client = RawSocket.openTls(this.port, "/websocket")) {
			Path renewed = directory.resolve("renewed.p12");
			SelfSigned.create(renewed);
			Files.move(renewed, directory.resolve("wsecho.p12"), StandardCopyOption.REPLACE_EXISTING);
			await().untilAsserted(() -> assertThat(certificate()).isNotEqualTo(before));
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
		RawSocket.openTls(this.port, "/websocket").close();
	}

	private Certificate certificate() throws Exception {
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		try (SSLSocket socket = (SSLSocket) tls.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(20_000);
			return socket.getSession().getPeerCertificates()[0];
		}
	}

}
