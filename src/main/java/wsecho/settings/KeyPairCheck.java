package wsecho.settings;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import java.util.Map;

import org.springframework.boot.ssl.SslBundle;

/** Whether a bundle has a private key, and it is the certificate's. */
final class KeyPairCheck {

	private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA",
			"EdDSA", "EdDSA");

	private KeyPairCheck() {
	}

	/**
	 * Requires it.
	 * @param bundle certificate and private key
	 * @throws GeneralSecurityException if a key cannot be read
	 * @throws IllegalArgumentException if there is no private key, or another one's
	 */
	static void require(SslBundle bundle) throws GeneralSecurityException {
		KeyStore store = bundle.getStores().getKeyStore();
		if (store == null) {
			throw new IllegalArgumentException("There is no certificate and no private key.");
		}
		boolean found = false;
		for (String alias : Collections.list(store.aliases())) {
			if (store.getKey(alias, password(bundle)) instanceof PrivateKey key) {
				requireMatch(key, store.getCertificate(alias).getPublicKey());
				found = true;
			}
		}
		if (!found) {
			throw new IllegalArgumentException("The certificate has no private key beside it.");
		}
	}

	private static char[] password(SslBundle bundle) {
		String own = bundle.getKey().getPassword();
		String store = bundle.getStores().getKeyStorePassword();
		return ((own != null) ? own : (store != null) ? store : "").toCharArray();
	}

	private static void requireMatch(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
		String algorithm = SIGNATURES.get(key.getAlgorithm());
		if (!key.getAlgorithm().equals(certified.getAlgorithm())
				|| (algorithm != null && !verifies(algorithm, key, certified))) {
			throw new IllegalArgumentException("The private key is not that of the certificate.");
		}
	}

	private static boolean verifies(String algorithm, PrivateKey key, PublicKey certified)
			throws GeneralSecurityException {
		Signature signature = Signature.getInstance(algorithm);
		signature.initSign(key);
		byte[] signed = signature.sign();
		signature.initVerify(certified);
		return signature.verify(signed);
	}

}
