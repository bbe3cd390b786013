package wsecho.session;

import java.time.Instant;

import wsecho.websocket.SessionEnd;

/**
 * A session that has ended.
 *
 * @param id its id
 * @param facts what is known of it from its handshake on
 * @param totals what went through it
 * @param time when its connection, or its stream, ended
 * @param end how
 */
record EndedSession(SessionId id, SessionFacts facts, Totals totals, Instant time, SessionEnd end) {

}
