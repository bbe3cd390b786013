// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/spike.ts
//
// Ten times the sessions at once, for a short time, and back.
import { held, stages } from './lib/held.ts';
import { setting } from './lib/settings.ts';
import { summary } from './lib/summary.ts';
import { faultless } from './lib/thresholds.ts';

const sessions = setting('SESSIONS', { ci: 20, local: 300, cluster: 2_000 });
const seconds = setting('SECONDS', { ci: 2, local: 20, cluster: 120 });

export const options = stages(
  [1, 10, 1].flatMap((times) => [
    { seconds: 1, sessions: times * sessions },
    { seconds, sessions: times * sessions },
  ]),
  faultless('echoes_verified'),
);

export default () => held();

export const handleSummary = summary('spike');
