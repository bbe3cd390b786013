package wsecho.settings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsecho.fixture.SelfSigned;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with the settings of TLS is said, and in which of them. */
class TlsSettingsTests {

	private static final String PEM = "spring.ssl.bundle.pem.w.keystore.";

	private static final String JKS = "spring.ssl.bundle.jks.w.keystore.";

	private static Path store;

	private static Path certificate;

	private static Path otherKey;

	@BeforeAll
	static void create(@TempDir Path directory) throws Exception {
		store = directory.resolve("store.p12");
		SelfSigned.create(store);
		certificate = Files.writeString(directory.resolve("tls.crt"), SelfSigned.certificate(store));
		KeyPair other = KeyPairGenerator.getInstance("EC").generateKeyPair();
		otherKey = Files.writeString(directory.resolve("tls.key"),
				"-----BEGIN PRIVATE KEY-----\n"
						+ Base64.getMimeEncoder().encodeToString(other.getPrivate().getEncoded())
						+ "\n-----END PRIVATE KEY-----\n");
	}

	@Test
	void unknownBundle() throws Exception {
		assertFault(Start.with("--server.ssl.bundle=w"), "cannot be found", "server.ssl.bundle=w");
	}

	@Test
	void fileIsMissing() throws Exception {
		assertFault(pem(store.resolveSibling("none"), otherKey), "none", PEM + "certificate=");
	}

	@Test
	void certificateIsNotPem() throws Exception {
		assertFault(pem(store, otherKey), "ertificate", PEM + "certificate=" + store);
	}

	@Test
	void privateKeyIsNotPem() throws Exception {
		assertFault(pem(certificate, certificate), "private key", PEM + "private-key=" + certificate);
	}

	@Test
	void privateKeyIsAnothers() throws Exception {
		assertFault(pem(certificate, otherKey), "not that of the certificate", PEM + "private-key=" + otherKey);
	}

	@Test
	void privateKeyIsNotSet() throws Exception {
		assertFault(Start.with("--server.ssl.bundle=w", "--" + PEM + "certificate=" + certificate), "no private key",
				PEM + "certificate=" + certificate);
	}

	@Test
	void passwordIsWrong() throws Exception {
		Start start = Start.with("--server.ssl.bundle=w", "--" + JKS + "location=file:" + store,
				"--" + JKS + "password=hunter2");
		assertFault(start, "password was incorrect", JKS + "password=******");
		assertThat(start.output()).doesNotContain("hunter2");
	}

	@Test
	void managementPortCanStayPlain() throws Exception {
		List<String> tls = List.of("-Dserver.ssl.bundle=w", "-D" + JKS + "location=file:" + store,
				"-D" + JKS + "password=" + SelfSigned.PASSWORD);
		try (ServiceProcess both = ServiceProcess.start(tls.toArray(String[]::new))) {
			assertThat(String.join("\n", both.log())).contains(" on port " + both.port() + " (TLS), management on port "
					+ both.managementPort() + " (TLS; management.server.ssl.enabled=false keeps it plain)");
		}
		try (ServiceProcess one = ServiceProcess.start(tls.get(0), tls.get(1), tls.get(2),
				"-Dmanagement.server.ssl.enabled=false")) {
			assertThat(String.join("\n", one.log()))
				.contains(" (TLS), management on port " + one.managementPort() + ", Java");
			HttpRequest health = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + one.managementPort() + "/actuator/health"))
				.build();
			assertThat(HttpClient.newHttpClient().send(health, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		}
	}

	private static Start pem(Path certificate, Path key) throws Exception {
		return Start.with("--server.ssl.bundle=w", "--" + PEM + "certificate=" + certificate,
				"--" + PEM + "private-key=" + key);
	}

	private static void assertFault(Start start, String reason, String property) {
		assertThat(start.code()).isEqualTo(1);
		assertThat(start.output()).contains("TLS cannot be set up. ", reason, property)
			.doesNotContain("\tat ", "Started");
		assertThat(start.output().lines()).hasSizeLessThan(20);
	}

}
