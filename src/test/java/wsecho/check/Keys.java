package wsecho.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority and the certificates that it has issued, made by the JDK's keytool. */
final class Keys {

	private static final String PASSWORD = "not-secret";

	private final Path directory;

	private final String authority;

	/**
	 * Makes an authority.
	 * @param directory where to
	 * @param authority its distinguished name
	 */
	Keys(Path directory, String authority) throws Exception {
		this.directory = directory;
		this.authority = authority;
		keytool(store("ca"), "-alias", "ca", "-dname", authority, "-ext", "bc:c");
	}

	/** The authority's certificate, in a file (PEM). */
	Path certificate() throws Exception {
		byte[] certificate = load("ca").getCertificate("ca").getEncoded();
		return Files.writeString(this.directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n"
				+ Base64.getMimeEncoder().encodeToString(certificate) + "\n-----END CERTIFICATE-----\n");
	}

	/**
	 * Issues a certificate.
	 * @param name the host that it is for
	 * @param days from when and for how long, such as "-3d 1"
	 * @return what a server needs for it
	 */
	SSLContext issue(String name, String start, String days) throws Exception {
		String file = name + start;
		Files.copy(store("ca"), store(file));
		keytool(store(file), "-alias", "server", "-dname", "CN=" + name, "-ext", "SAN=dns:" + name, "-signer", "ca",
				"-startdate", start, "-validity", days);
		KeyStore store = load(file);
		store.deleteEntry("ca");
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context;
	}

	String authority() {
		return this.authority;
	}

	private Path store(String name) {
		return this.directory.resolve(name + ".p12");
	}

	private KeyStore load(String name) throws Exception {
		return KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
	}

	private static void keytool(Path store, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool", "-genkeypair",
				"-keyalg", "EC", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
		command.addAll(List.of(arguments));
		Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
			throw new IOException(output);
		}
	}

}
