package wsecho.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names content, so that other content has another name. */
final class Hash {

	private static final int LENGTH = 16;

	private Hash() {
	}

	static String of(Iterable<byte[]> parts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			parts.forEach(digest::update);
			return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
