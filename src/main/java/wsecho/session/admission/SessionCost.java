package wsecho.session.admission;

import java.util.List;
import java.util.Map;

import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.handshake.SessionRequest;

/**
 * What a session takes of the memory budget while it is open, whatever it does: itself,
 * its connection or stream, and what it keeps of its handshake. In bytes, as measured.
 */
final class SessionCost {

	/** With its connection or stream, without header fields: see performance.md. */
	static final long SESSION = 4 * 1024;

	/** Whose request is under way as long as it is open: see events.md. */
	static final long RESPONSE = 15 * 1024;

	/** Of one header field, beside its characters: two strings and their arrays. */
	private static final long FIELD = 96;

	/** Of a URI, beside its characters, of which it keeps a copy in parts. */
	private static final long URI_COPIES = 2;

	/**
	 * Of permessage-deflate: zlib's window and state in both directions, at its defaults
	 * (zconf.h).
	 */
	private static final long COMPRESSION = (256 + 44) * 1024L;

	private SessionCost() {
	}

	/** That of one session. */
	static long of(SessionRequest asked) {
		ServerHttpRequest request = asked.request();
		long cost = asked.transport().isWebSocket() ? SESSION : RESPONSE;
		cost += URI_COPIES * request.getURI().toString().length();
		for (Map.Entry<String, List<String>> field : request.getHeaders().headerSet()) {
			for (String value : field.getValue()) {
				cost += FIELD + field.getKey().length() + value.length();
			}
		}
		return asked.compressed() ? cost + COMPRESSION : cost;
	}

}
