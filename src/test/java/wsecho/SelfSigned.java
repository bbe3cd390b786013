package wsecho;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.test.context.DynamicPropertyRegistry;

/** A key store with a new certificate for localhost, made by the JDK's keytool. */
final class SelfSigned {

	static final String PASSWORD = "not-secret";

	private SelfSigned() {
	}

	/**
	 * Makes the key store.
	 * @param file where to (PKCS 12)
	 */
	static void create(Path file) throws Exception {
		Process keytool = new ProcessBuilder(List.of(System.getProperty("java.home") + "/bin/keytool", "-genkeypair",
				"-alias", "wsecho", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD))
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
			throw new IOException(output);
		}
	}

	/**
	 * Makes the key store, and has the service use it.
	 * @param properties the service's
	 * @param file where to
	 */
	static void configure(DynamicPropertyRegistry properties, Path file) throws Exception {
		create(file);
		properties.add("server.ssl.bundle", () -> "wsecho");
		properties.add("spring.ssl.bundle.jks.wsecho.keystore.location", () -> "file:" + file);
		properties.add("spring.ssl.bundle.jks.wsecho.keystore.password", () -> PASSWORD);
	}

}
