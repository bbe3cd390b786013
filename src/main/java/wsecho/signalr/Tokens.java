package wsecho.signalr;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Makes tokens that only this process accepts, and reads those of others. A key that
 * other instances shared would hide that a client has come to the wrong one.
 */
final class Tokens {

	private static final String ALGORITHM = "HmacSHA256";

	/** In bytes: half of what the algorithm gives (RFC 2104, 5). */
	private static final int SEAL = 16;

	/** With the longest name that a host has, in characters. */
	private static final int MOST = 512;

	private final Supplier<String> newId;

	private final LongSupplier nanoTime;

	private final String pod;

	/** Has the number of this process. */
	private final String ownId;

	private final SecretKeySpec key;

	/**
	 * With a key of its own.
	 * @param newId makes the ids of this process
	 * @param nanoTime the clock that tokens are issued by, monotonic, in nanoseconds
	 * @param pod the name of the host
	 */
	Tokens(Supplier<String> newId, LongSupplier nanoTime, String pod) {
		this.newId = newId;
		this.nanoTime = nanoTime;
		this.pod = pod;
		this.ownId = newId.get();
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		this.key = new SecretKeySpec(random, ALGORITHM);
	}

	String pod() {
		return this.pod;
	}

	/** The token of a new connection. */
	ConnectionToken issue(ServerHttpRequest request, int version) {
		return new ConnectionToken(this.newId.get(), this.nanoTime.getAsLong(), NegotiationFacts.of(request, version),
				this.pod);
	}

	/** As a client brings it. */
	String write(ConnectionToken token) {
		byte[] content = token.encode();
		byte[] sealed = Arrays.copyOf(content, content.length + SEAL);
		System.arraycopy(seal(content), 0, sealed, content.length, SEAL);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
	}

	/**
	 * Reads what a client brings.
	 * @return the token
	 * @throws SignalrRefusal if it is none, or not of this process
	 */
	ConnectionToken read(String text) {
		byte[] sealed = bytes(text);
		if (sealed == null || sealed.length <= SEAL) {
			throw SignalrRefusal.unknown("unknown", "The id is no token of this service.");
		}
		byte[] content = Arrays.copyOf(sealed, sealed.length - SEAL);
		ConnectionToken token = ConnectionToken.decode(ByteBuffer.wrap(content));
		if (token == null) {
			throw SignalrRefusal.unknown("unknown", "The id is no token of this service.");
		}
		if (!token.isOfProcessOf(this.ownId)) {
			throw SignalrRefusal.otherInstance(token.pod(), this.pod);
		}
		if (!MessageDigest.isEqual(seal(content), Arrays.copyOfRange(sealed, content.length, sealed.length))) {
			throw SignalrRefusal.unknown("forged", "The id is no token that this instance has made.");
		}
		return token;
	}

	private byte[] seal(byte[] content) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return Arrays.copyOf(mac.doFinal(content), SEAL);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte @Nullable [] bytes(String text) {
		try {
			return (text.length() <= MOST) ? Base64.getUrlDecoder().decode(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
