/**
 * Our own counts. k6's `ws_sessions` and `ws_connecting` count failed handshakes too, and
 * `ws_msgs_sent` pings and Close frames.
 */
import { Counter, Trend } from 'k6/metrics';

export const sessionsOpened = new Counter('sessions_opened'); // 101 only
export const sessionsUnfinished = new Counter('sessions_unfinished'); // opened, less those that have ended
export const messagesSent = new Counter('messages_sent');
export const echoesVerified = new Counter('echoes_verified');
export const pongs = new Counter('pongs_received');
export const sessionsDrained = new Counter('sessions_drained'); // closed with 1001
export const reconnectsRefused = new Counter('reconnects_refused');

/** From when the handshake was due to the 101. */
export const handshakeTime = new Trend('handshake_time', true);
/** From when the message was due, sent or not, to its echo. */
export const roundTrip = new Trend('echo_round_trip', true);
/** From when something was due to when the generator did it. */
export const generatorBehind = new Trend('generator_behind', true);
/** From the server's 1001 to the next 101. */
export const reconnectTime = new Trend('reconnect_time', true);

/** Everything that a session may do wrong; none of it may happen. */
export const faults = {
  handshakes_failed: new Counter('handshakes_failed'),
  echoes_lost: new Counter('echoes_lost'),
  echoes_wrong: new Counter('echoes_wrong'),
  echoes_duplicated: new Counter('echoes_duplicated'),
  echoes_out_of_order: new Counter('echoes_out_of_order'),
  echoes_late: new Counter('echoes_late'),
  pongs_lost: new Counter('pongs_lost'),
  closes_abnormal: new Counter('closes_abnormal'),
  closes_unanswered: new Counter('closes_unanswered'),
  sessions_not_drained: new Counter('sessions_not_drained'),
  reconnects_failed: new Counter('reconnects_failed'),
};

export type Fault = keyof typeof faults;

const told = new Set<string>();

/** Counts a fault. */
export function fault(kind: Fault, detail: string, count = 1, tags?: Record<string, string>): void {
  faults[kind].add(count, tags);
  tell(kind, detail);
}

/** Logs what is wrong: the first of its kind in each VU. */
export function tell(kind: string, detail: string): void {
  if (!told.has(kind)) {
    told.add(kind);
    console.error(`${kind}: ${detail}`);
  }
}
