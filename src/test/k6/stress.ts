// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/stress.ts
//
// More sessions than are expected, in three steps, and back: slower is all that it may get.
import { held, stages } from './lib/held.ts';
import { setting } from './lib/settings.ts';
import { summary } from './lib/summary.ts';
import { faultless } from './lib/thresholds.ts';

const sessions = setting('SESSIONS', { ci: 200, local: 4_000, cluster: 20_000 });
const seconds = setting('SECONDS', { ci: 2, local: 20, cluster: 180 });

export const options = stages(
  [0.25, 0.5, 1, 0.25].flatMap((part) => [
    { seconds: Math.ceil(sessions / 1_000), sessions: part * sessions },
    { seconds, sessions: part * sessions },
  ]),
  faultless('echoes_verified'),
);

export default () => held();

export const handleSummary = summary('stress');
