// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/ceiling.ts
//
// The generator's own limit: as many verified echoes as it can do, in a closed model. If
// k6 takes its cores whole and the server does not, the number is k6's.
import { now, pause } from './lib/clock.ts';
import { Echoes } from './lib/echoes.ts';
import { Session, sessionName } from './lib/session.ts';
import { common, setting, tail } from './lib/settings.ts';
import { count, line, summary } from './lib/summary.ts';
import { faultless } from './lib/thresholds.ts';

const vus = setting('VUS', { ci: 1, local: 1, cluster: 4 });
const share = setting('SESSIONS_PER_VU', { ci: 50, local: 50, cluster: 50 });
const depth = setting('DEPTH', { ci: 16, local: 16, cluster: 16 }); // messages in flight in each session
const seconds = setting('SECONDS', { ci: 5, local: 20, cluster: 60 });

export const options = {
  ...common,
  scenarios: {
    sessions: { executor: 'per-vu-iterations', vus, iterations: 1, maxDuration: tail(seconds), gracefulStop: '0s' },
  },
  thresholds: faultless('echoes_verified'),
};

export default async function () {
  const until = now() + seconds * 1_000;
  const sessions: Session[] = Array.from({ length: share }, () => {
    const received = () => (now() < until ? session.send(now()) : undefined);
    const session: Session = new Session(now(), new Echoes(sessionName(), 64), { received });
    return session;
  });
  await Promise.all(sessions.map((session) => session.opened));
  for (let n = 0; n < share * depth; n++) {
    sessions[n % share].send(now());
  }
  await pause(until - now());
  await Promise.all(sessions.map((session) => session.finish()));
}

export const handleSummary = summary('ceiling', (result) => [
  line('ceiling', `${Math.round(count(result, 'echoes_verified') / seconds)} verified echoes a second`),
]);
