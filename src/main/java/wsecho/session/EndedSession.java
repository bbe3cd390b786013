package wsecho.session;

import java.time.Instant;

import wsecho.websocket.SessionEnd;

/**
 * A session that has ended.
 *
 * @param id what it was called
 * @param facts what did not change in it
 * @param totals what went through it
 * @param end when its connection, or its stream, ended
 * @param ending how
 */
record EndedSession(SessionId id, SessionFacts facts, Totals totals, Instant end, SessionEnd ending) {

}
