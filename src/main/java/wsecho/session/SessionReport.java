package wsecho.session;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import wsecho.websocket.SessionEnd;

/**
 * What is told of a session, in JSON.
 *
 * @param id the session's id
 * @param path the path that it was opened at
 * @param httpVersion the version of HTTP, 1.1 or 2
 * @param subprotocol the one that was selected, or null
 * @param remoteAddress where it comes from, as far as this end can see; or null
 * @param start when the handshake came
 * @param received what has come from the client
 * @param sent what has gone to the client
 * @param end how it ended, or null while it is open
 */
record SessionReport(String id, String path, String httpVersion, @Nullable String subprotocol,
		@Nullable String remoteAddress, Instant start, Traffic received, Traffic sent, @Nullable End end) {

	// a client may ask after the 101 that told it the id, and before the session is open
	static SessionReport of(Session session) {
		return of(session.key(), session.facts(), session.totals(), null);
	}

	static SessionReport of(EndedSession session) {
		return of(session.id(), session.facts(), session.totals(), End.of(session.time(), session.end()));
	}

	private static SessionReport of(SessionId id, SessionFacts facts, Totals totals, @Nullable End end) {
		return new SessionReport(id.toString(), facts.path(), facts.httpVersion(), facts.subprotocol(),
				facts.remoteAddress(), facts.start(), new Traffic(totals.messagesReceived(), totals.bytesReceived()),
				new Traffic(totals.messagesSent(), totals.bytesSent()), end);
	}

	/**
	 * What has gone in one direction.
	 *
	 * @param messages whole messages
	 * @param bytes bytes of messages, not compressed
	 */
	record Traffic(long messages, long bytes) {

	}

	/**
	 * How a session ended.
	 *
	 * @param time when
	 * @param by client, server or network
	 * @param how close, fin, rst, keep-alive or time
	 * @param code of the first Close frame; 1005 if it had none, 1006 if there was none
	 * @param reason of that Close frame
	 */
	record End(Instant time, String by, String how, int code, String reason) {

		static End of(Instant time, SessionEnd end) {
			return new End(time, name(end.by()), name(end.how()), end.code(), end.reason());
		}

		private static String name(Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
