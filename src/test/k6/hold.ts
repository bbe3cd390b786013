// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/hold.ts
//
// Idle sessions that are pinged, and at last asked for one echo: none of them may be lost.
import exec from 'k6/execution';
import { now, scenarioBegan } from './lib/clock.ts';
import { Echoes } from './lib/echoes.ts';
import { pace } from './lib/pacer.ts';
import { Session, sessionName } from './lib/session.ts';
import { common, setting, tail } from './lib/settings.ts';
import { count, line, summary } from './lib/summary.ts';
import { faultless, onSchedule } from './lib/thresholds.ts';

const wanted = setting('SESSIONS', { ci: 500, local: 5_000, cluster: 20_000 });
const share = Math.min(50, wanted); // sessions of one VU
const vus = Math.ceil(wanted / share);
const sessions = vus * share;
const seconds = setting('SECONDS', { ci: 4, local: 120, cluster: 600 }); // once all are open
const handshakes = setting('HANDSHAKES', { ci: 250, local: 250, cluster: 500 }); // a second, until all are open
const interval = setting('PING_SECONDS', { ci: 2, local: 20, cluster: 20 });
const opening = sessions / handshakes;

export const options = {
  ...common,
  scenarios: {
    sessions: { executor: 'per-vu-iterations', vus, iterations: 1, maxDuration: tail(2 * opening + seconds), gracefulStop: '0s' },
  },
  thresholds: { ...onSchedule, ...faultless('pongs_received', 'echoes_verified') },
};

export default async function () {
  // each VU has every vus-th session
  const offset = ((exec.vu.idInTest - 1) * 1_000) / handshakes;
  const every = (vus * 1_000) / handshakes;
  const began = scenarioBegan() + offset;
  const held: Session[] = [];
  await pace(began, every, share, (_, due) => held.push(new Session(due, new Echoes(sessionName(), 64))));
  await Promise.all(held.map((session) => session.opened));
  const until = began + (opening + seconds) * 1_000;
  const pings = (interval * 1_000) / share;
  await pace(now(), pings, Math.floor((until - now()) / pings), (n) => held[n % share].ping());
  // they go as they came: not all at once
  await pace(until, every, share, (n, due) => {
    held[n].send(due);
    held[n].finish();
  });
  await Promise.all(held.map((session) => session.ended));
}

export const handleSummary = summary('hold', (result) => [
  line('held', `${sessions} sessions for ${seconds} s, ${count(result, 'pongs_received')} pongs`),
]);
