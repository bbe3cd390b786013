package wsecho.check;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.client.Trust;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThatIOException;

/** The check over TLS: certificates that are right, and each that is wrong in one way. */
@RunningService
class TlsRouteTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path directory;

	@SuppressWarnings("NullAway.Init")
	private static Keys keys;

	@LocalServerPort
	private int server;

	@BeforeAll
	static void authority() throws Exception {
		keys = new Keys(Files.createDirectory(directory.resolve("private")), "CN=Example Private CA");
	}

	@Test
	void aCertificateOfATrustedAuthorityIsTold() throws Exception {
		checked(keys.issue("localhost", "-1d", "90"), keys.certificate(), false, "connection", "tls", "http-version")
			.says("connection", Verdict.PASS, "Connected to 127\\.0\\.0\\.1 in \\d+ ms\\.")
			.says("tls", Verdict.PASS,
					"TLSv1\\.3 to something before the server, as with an ingress or balancer; "
							+ "the certificate was issued by CN=Example Private CA and lasts 8[89] days\\.")
			.says("http-version", Verdict.PASS, "HTTP/2 is not spoken here: browsers use HTTP/1\\.1\\.");
	}

	@Test
	void oneThatEndsSoonIsTold() throws Exception {
		checked(keys.issue("localhost", "-80d", "90"), keys.certificate(), false, "tls").says("tls", Verdict.CHANGED,
				"The certificate of CN=localhost ends in 9 days, with 1[01] % of its time left\\.");
	}

	@Test
	void oneForAnotherNameIsRefused() throws Exception {
		checked(keys.issue("other.example.org", "-1d", "90"), keys.certificate(), false).says("connection",
				Verdict.FAILED, "The certificate is for other\\.example\\.org \\(CN=other\\.example\\.org\\), "
						+ "and not for localhost: [^\n]*");
	}

	@Test
	void oneThatHasExpiredIsRefused() throws Exception {
		checked(keys.issue("localhost", "-3d", "1"), keys.certificate(), false).says("connection", Verdict.FAILED,
				"The certificate of CN=localhost has expired\\. Clients refuse it\\.");
	}

	@Test
	void oneThatIsNotValidYetIsRefused() throws Exception {
		checked(keys.issue("localhost", "+3d", "9"), keys.certificate(), false).says("connection", Verdict.FAILED,
				"The certificate of CN=localhost is not valid yet, [^\n]*");
	}

	@Test
	void oneOfAnUnknownAuthorityIsRefused() throws Exception {
		checked(keys.issue("localhost", "-2d", "90"), null, false).says("connection", Verdict.FAILED,
				"The certificate was issued by CN=Example Private CA, and no trusted authority vouches for it: [^\n]*");
	}

	@Test
	void oneOfAnUnknownAuthorityPassesWithInsecureAndIsTold() throws Exception {
		checked(keys.issue("localhost", "-4d", "90"), null, true, "tls").says("tls", Verdict.CHANGED,
				"The certificate is not trusted \\(unknown-issuer\\); only --insecure passes over it\\. [^\n]*");
	}

	@Test
	void aProxyThatInspectsIsNamed() throws Exception {
		Keys inspector = new Keys(Files.createDirectory(directory.resolve("inspector")),
				"CN=Zscaler Root CA,O=Zscaler Inc.");
		SSLContext edge = inspector.issue("localhost", "-1d", "90");
		checked(edge, null, false).says("connection", Verdict.FAILED,
				"[^\n]*whom the JDK does not trust; Zscaler is known for reading TLS on the way\\.[^\n]*");
		checked(edge, inspector.certificate(), false, "tls").says("tls", Verdict.CHANGED,
				"The certificate was issued by CN=Zscaler Root CA,O=Zscaler Inc\\.: Zscaler is known for [^\n]*");
	}

	@Test
	void whatDoesNotSpeakTlsIsTold() throws Exception {
		Checked.at(route(this.server, null, false), "0s")
			.says("connection", Verdict.FAILED, "What answers at localhost port \\d+ does not speak TLS\\.");
	}

	@Test
	void aFileWithoutCertificatesIsNoListOfAuthorities() throws Exception {
		File empty = Files.writeString(directory.resolve("empty.pem"), "").toFile();
		assertThatIOException().isThrownBy(() -> new Trust(empty, false).load()).withMessage("no certificates in PEM");
	}

	private Checked checked(SSLContext edge, @Nullable Path authorities, boolean insecure, String... only)
			throws Exception {
		try (TlsEdge listener = new TlsEdge(edge, this.server)) {
			return Checked.at(route(listener.port(), authorities, insecure), "0s", only);
		}
	}

	private static Route route(int port, @Nullable Path authorities, boolean insecure) {
		Route usual = Route.to(Target.of("wss://localhost:" + port));
		Trust trust = new Trust((authorities != null) ? authorities.toFile() : null, insecure);
		return new Route(usual.target(), List.of(), null, null, trust, List.of(), usual.timeout(), false);
	}

}
