package wsecho.session;

import java.time.Instant;

import wsecho.websocket.Ending;

/**
 * A session that has ended.
 *
 * @param id what it was called
 * @param facts what did not change in it
 * @param totals what went through it
 * @param end when its connection, or its stream, ended
 * @param ending how
 */
record PastSession(SessionId id, SessionFacts facts, Totals totals, Instant end, Ending ending) {

}
