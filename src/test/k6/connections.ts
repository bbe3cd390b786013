// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/connections.ts
//
// Handshakes at a steady rate, however long they take: each opens a session, exchanges one
// message and closes.
import exec from 'k6/execution';
import { now, scenarioBegan } from './lib/clock.ts';
import { Echoes } from './lib/echoes.ts';
import { generatorBehind } from './lib/metrics.ts';
import { Session, sessionName } from './lib/session.ts';
import { common, setting, tail } from './lib/settings.ts';
import { summary } from './lib/summary.ts';
import { faultless, onSchedule } from './lib/thresholds.ts';

const rate = setting('HANDSHAKES', { ci: 20, local: 200, cluster: 1_000 }); // a second
const seconds = setting('SECONDS', { ci: 8, local: 30, cluster: 120 });

export const options = {
  ...common,
  scenarios: {
    handshakes: {
      executor: 'constant-arrival-rate',
      rate,
      duration: `${seconds}s`,
      preAllocatedVUs: Math.max(100, rate), // those of a second
      gracefulStop: tail(0),
    },
  },
  thresholds: {
    ...onSchedule,
    ...faultless('echoes_verified'),
    handshake_time: [`p(99)<${setting('P99', { ci: 5_000, local: 250, cluster: 500 })}`],
    // those that no VU was free for
    dropped_iterations: ['count==0'],
  },
};

export default async function () {
  const due = scenarioBegan() + (exec.scenario.iterationInTest * 1_000) / rate;
  generatorBehind.add(Math.max(0, now() - due));
  const session = new Session(due, new Echoes(sessionName(), 64));
  if (await session.opened) {
    session.send(now());
  }
  await session.finish();
}

export const handleSummary = summary('connections');
