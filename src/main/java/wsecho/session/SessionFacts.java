package wsecho.session;

import java.net.InetAddress;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a session from its handshake on.
 *
 * @param path the path that it was opened at
 * @param address the remote address, or null
 * @param httpVersion the version of HTTP, 1.1 or 2
 * @param subprotocol the one that was selected, or null; of a long one the beginning
 * @param start when the handshake came
 */
record SessionFacts(String path, @Nullable InetAddress address, String httpVersion, @Nullable String subprotocol,
		Instant start) {

	// a client may make it as long as its header may be, and there are many to be kept
	private static final int LONGEST_SUBPROTOCOL = 100;

	SessionFacts {
		if (subprotocol != null && subprotocol.length() > LONGEST_SUBPROTOCOL) {
			subprotocol = subprotocol.substring(0, LONGEST_SUBPROTOCOL) + "…";
		}
	}

}
