package wsecho.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

import wsecho.fixture.SelfSigned;

/**
 * A certificate for localhost that has signed itself, as proxies read it.
 *
 * @param certificate the certificate
 * @param key its private key
 * @param both both
 */
record Pem(Path certificate, Path key, Path both) {

	static Pem create(Path directory) throws Exception {
		Path store = directory.resolve("store.p12");
		SelfSigned.create(store);
		char[] password = SelfSigned.PASSWORD.toCharArray();
		byte[] key = KeyStore.getInstance(store.toFile(), password).getKey("wsecho", password).getEncoded();
		String certificate = SelfSigned.certificate(store);
		String secret = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
				+ "\n-----END PRIVATE KEY-----\n";
		return new Pem(file(directory, "certificate.pem", certificate), file(directory, "key.pem", secret),
				file(directory, "both.pem", certificate + secret));
	}

	private static Path file(Path directory, String name, String text) throws IOException {
		return Files.writeString(directory.resolve(name), text);
	}

}
