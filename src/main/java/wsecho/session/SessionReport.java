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
 * @param transport what carries it: websocket, events, hold, echo or request
 * @param httpVersion the version of HTTP: 1.0, 1.1 or 2
 * @param subprotocol the one that was selected, or null
 * @param remoteAddress where it comes from, as far as this end can see; or null
 * @param start when the handshake came
 * @param received what has come from the client
 * @param sent what has gone to the client
 * @param pings the keep-alive pings, and the pongs
 * @param end how it ended, or null while it is open
 */
record SessionReport(String id, String path, String transport, String httpVersion, @Nullable String subprotocol,
		@Nullable String remoteAddress, Instant start, Received received, Sent sent, Pings pings, @Nullable End end) {

	// a client may ask after the 101 that told it the id, and before the session is open
	static SessionReport of(Session session) {
		return of(session.key(), session.facts(), session.totals(), session.wire(), null);
	}

	static SessionReport of(EndedSession session) {
		return of(session.id(), session.facts(), session.totals(), session.wire(),
				End.of(session.time(), session.end()));
	}

	private static SessionReport of(SessionId id, SessionFacts facts, Totals totals, WireTraffic wire,
			@Nullable End end) {
		return new SessionReport(id.toString(), facts.path(), facts.transport().text(), facts.httpVersion(),
				facts.subprotocol(), facts.remoteAddress(), facts.start(), Received.of(totals, wire),
				Sent.of(totals, wire), Pings.of(wire), end);
	}

	/**
	 * What has come from the client.
	 *
	 * @param messages whole messages
	 * @param bytes bytes of messages, not compressed
	 * @param frames frames of messages, as they were on the wire
	 * @param largestFrame the longest payload of one, in bytes, as it was on the wire
	 * @param last when anything last came, or null
	 */
	record Received(long messages, long bytes, long frames, long largestFrame, @Nullable Instant last) {

		static Received of(Totals totals, WireTraffic wire) {
			return new Received(totals.messagesReceived(), totals.bytesReceived(), wire.framesReceived(),
					wire.largestFrame(), WireTraffic.time(wire.lastReceived()));
		}

	}

	/**
	 * What has gone to the client.
	 *
	 * @param messages whole messages
	 * @param bytes bytes of messages, not compressed
	 * @param last when anything was last handed to the network, or null
	 */
	record Sent(long messages, long bytes, @Nullable Instant last) {

		static Sent of(Totals totals, WireTraffic wire) {
			return new Sent(totals.messagesSent(), totals.bytesSent(), WireTraffic.time(wire.lastSent()));
		}

	}

	/**
	 * The keep-alive pings.
	 *
	 * @param sent how many were sent
	 * @param pongs how many pongs came, those that answer no ping too
	 * @param lastRoundTripMillis from the last ping that was answered to its pong, or
	 * null
	 * @param leastRoundTripMillis the least time from a ping to its pong, or null
	 */
	record Pings(int sent, int pongs, @Nullable Double lastRoundTripMillis, @Nullable Double leastRoundTripMillis) {

		private static final double MICROS = 1000;

		static Pings of(WireTraffic wire) {
			return new Pings(wire.pingsSent(), wire.pongsReceived(), millis(wire.lastRoundTrip()),
					millis(wire.leastRoundTrip()));
		}

		private static @Nullable Double millis(int micros) {
			return (micros >= 0) ? micros / MICROS : null;
		}

	}

	/**
	 * How a session ended.
	 *
	 * @param time when
	 * @param by client, server or network
	 * @param how close, body, fin, rst, keep-alive, time or memory
	 * @param code of the first Close frame; 1005 if it had none, 1006 if there was none;
	 * null for what is no WebSocket
	 * @param reason of that Close frame
	 */
	record End(Instant time, String by, String how, @Nullable Integer code, String reason) {

		static End of(Instant time, SessionEnd end) {
			return new End(time, name(end.by()), name(end.how()), (end.code() != 0) ? end.code() : null, end.reason());
		}

		private static String name(Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
