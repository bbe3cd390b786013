package wsecho.server;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsecho.fixture.RunningService;
import wsecho.fixture.SelfSigned;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** A header of the PROXY protocol before TLS. */
@RunningService
class ProxyProtocolTlsTests {

	private static final byte[] HEADER = "PROXY TCP4 192.0.2.1 192.0.2.2 1234 443\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] REQUEST = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path directory;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry properties) throws Exception {
		SelfSigned.configure(properties, directory.resolve("wsecho.p12"));
		properties.add("wsecho.proxy-protocol", () -> "required");
	}

	@Test
	void tlsFollowsTheHeader() throws Exception {
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(HEADER);
			try (Socket secured = tls.getSocketFactory().createSocket(socket, "localhost", this.port, true)) {
				secured.getOutputStream().write(REQUEST);
				byte[] status = new DataInputStream(secured.getInputStream()).readNBytes(12);
				assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
			}
		}
	}

}
