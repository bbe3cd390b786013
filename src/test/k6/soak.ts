// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/soak.ts
//
// A moderate number of sessions for hours: what leaks, drifts or is cut off shows in time.
import { held, stages } from './lib/held.ts';
import { setting } from './lib/settings.ts';
import { summary } from './lib/summary.ts';
import { faultless } from './lib/thresholds.ts';

const sessions = setting('SESSIONS', { ci: 50, local: 500, cluster: 2_000 });
const seconds = setting('SECONDS', { ci: 5, local: 3_600, cluster: 14_400 });

export const options = stages(
  [
    { seconds: Math.ceil(sessions / 100), sessions },
    { seconds, sessions },
  ],
  { ...faultless('echoes_verified'), echo_round_trip: [`p(99)<${setting('P99', { ci: 3_000, local: 100, cluster: 250 })}`] },
);

export default () => held();

export const handleSummary = summary('soak');
