package wsecho.session;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.AddressText;
import wsecho.handshake.SessionTransport;

/**
 * What is known of a session from its handshake on.
 *
 * @param transport what carries it
 * @param path the path that it was opened at; of a long one the beginning
 * @param address the remote address, or null
 * @param httpVersion the version of HTTP: 1.0, 1.1 or 2
 * @param subprotocol the one that was selected, or null; of a long one the beginning
 * @param start when the handshake came, to the millisecond
 */
public record SessionFacts(SessionTransport transport, String path, @Nullable InetAddress address, String httpVersion,
		@Nullable String subprotocol, Instant start) {

	// a client may make them as long as its header may be, and there are many to be kept
	private static final int PATH_LENGTH = 200;

	private static final int SUBPROTOCOL_LENGTH = 100;

	/** Keeps the beginning of what is long. */
	public SessionFacts {
		path = beginning(path, PATH_LENGTH);
		subprotocol = (subprotocol != null) ? beginning(subprotocol, SUBPROTOCOL_LENGTH) : null;
		start = start.truncatedTo(ChronoUnit.MILLIS);
	}

	private static String beginning(String text, int length) {
		return (text.length() > length) ? text.substring(0, length) + "…" : text;
	}

	/** The remote address as text (RFC 5952), or null. */
	@Nullable String remoteAddress() {
		return (this.address != null) ? AddressText.of(this.address) : null;
	}

	/** The path without the parameters of its segments, which nothing reads. */
	String plainPath() {
		int parameters = this.path.indexOf(';');
		return (parameters < 0) ? this.path : this.path.substring(0, parameters);
	}

}
