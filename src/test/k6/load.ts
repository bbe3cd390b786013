// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/load.ts
//
// A steady number of sessions, each sending at a steady rate whether or not it is answered.
import { held, stages } from './lib/held.ts';
import { setting } from './lib/settings.ts';
import { summary } from './lib/summary.ts';
import { faultless } from './lib/thresholds.ts';

const sessions = setting('SESSIONS', { ci: 100, local: 1_000, cluster: 5_000 });
const seconds = setting('SECONDS', { ci: 28, local: 60, cluster: 600 });

export const options = stages(
  [
    { seconds: Math.ceil(sessions / 100), sessions },
    { seconds, sessions },
  ],
  { ...faultless('echoes_verified'), echo_round_trip: [`p(99)<${setting('P99', { ci: 3_000, local: 100, cluster: 250 })}`] },
);

export default () => held();

export const handleSummary = summary('load');
