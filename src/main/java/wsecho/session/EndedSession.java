package wsecho.session;

import java.time.Instant;

import wsecho.websocket.SessionEnd;

/**
 * A session that has ended.
 *
 * @param id its id
 * @param facts what is known of it from its handshake on
 * @param totals what went through it
 * @param wire what was seen of it on the wire
 * @param time when its connection, or its stream, ended
 * @param end how
 */
record EndedSession(SessionId id, SessionFacts facts, Totals totals, WireTraffic wire, Instant time, SessionEnd end) {

}
