// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/drain.ts
//
// Holds sessions while the server is restarted, or its Deployment rolled: each has to be
// closed with 1001 and opened again, and nothing that was acknowledged may be lost.
import { now } from './lib/clock.ts';
import { rate } from './lib/held.ts';
import { pace } from './lib/pacer.ts';
import { common, setting, tail } from './lib/settings.ts';
import { Stream } from './lib/stream.ts';
import { count, line, percentiles, summary } from './lib/summary.ts';
import { faultless, onSchedule } from './lib/thresholds.ts';

const wanted = setting('SESSIONS', { ci: 100, local: 500, cluster: 1_000 });
const share = Math.min(50, wanted); // sessions of one VU
const vus = Math.ceil(wanted / share);
const seconds = setting('SECONDS', { ci: 35, local: 60, cluster: 300 });
const bound = 1_000 * setting('RECONNECT_SECONDS', { ci: 30, local: 30, cluster: 5 });

export const options = {
  ...common,
  scenarios: {
    streams: { executor: 'per-vu-iterations', vus, iterations: 1, maxDuration: tail(seconds), gracefulStop: '0s' },
  },
  thresholds: {
    ...onSchedule,
    ...faultless('echoes_verified', 'sessions_drained'),
    reconnect_time: [`max<${bound}`],
  },
};

export default async function () {
  const streams = Array.from({ length: share }, () => new Stream(64));
  await Promise.all(streams.map((stream) => stream.open()));
  await pace(now(), 1_000 / rate / share, rate * seconds * share, (n, due) => streams[n % share].send(due));
  await Promise.all(streams.map((stream) => stream.finish()));
}

export const handleSummary = summary('drain', (result) => [
  line('drain', `${count(result, 'sessions_drained')} closed with 1001`),
  line('refused', `${count(result, 'reconnects_refused')} handshakes, before there was a server again`),
  line('reconnect', percentiles(result, 'reconnect_time')),
]);
