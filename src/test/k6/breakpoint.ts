// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/breakpoint.ts
//
// More sessions at each step until a threshold breaks; the summary names the number. To have
// found it is no success: k6 then ends with 99.
import { now, scenarioBegan } from './lib/clock.ts';
import { held, rate, stages } from './lib/held.ts';
import { faults } from './lib/metrics.ts';
import { setting } from './lib/settings.ts';
import { count, line, summary } from './lib/summary.ts';
import type { Result } from './lib/summary.ts';
import { faultless } from './lib/thresholds.ts';

const sessions = setting('SESSIONS', { ci: 20, local: 1_000, cluster: 2_000 }); // more at each step
const steps = setting('STEPS', { ci: 3, local: 15, cluster: 20 });
const seconds = setting('SECONDS', { ci: 3, local: 15, cluster: 60 }); // of a step
const bound = setting('P99', { ci: 3_000, local: 100, cluster: 250 });

const numbers = Array.from({ length: steps }, (_, i) => i + 1);
// those that are open when the run is broken off are cut off
const { sessions_unfinished: _, ...thresholds } = faultless('echoes_verified');

export const options = stages(
  numbers.flatMap((n) => [
    { seconds: 1, sessions: n * sessions },
    { seconds: seconds - 1, sessions: n * sessions },
  ]),
  {
    ...thresholds,
    ...Object.fromEntries(Object.keys(faults).map((name) => [name, [{ threshold: 'count==0', abortOnFail: true }]])),
    // each step by itself, when it is nearly over
    ...Object.fromEntries(
      numbers.map((n) => [
        `echo_round_trip{step:${n}}`,
        [{ threshold: `p(99)<${bound}`, abortOnFail: true, delayAbortEval: `${n * seconds - 1}s` }],
      ]),
    ),
  },
);

let began: number | undefined;

export default () => {
  began ??= scenarioBegan();
  return held(() => ({ step: String(1 + Math.floor((now() - began!) / 1_000 / seconds)) }));
};

export const handleSummary = summary('breakpoint', (result) => [line('breakpoint', verdict(result))]);

function verdict(result: Result): string {
  const p99 = (n: number) => result.metrics[`echo_round_trip{step:${n}}`]?.values['p(99)'] ?? 0;
  const load = (n: number) => `${n * sessions} sessions with ${n * sessions * rate} messages a second (p(99) ${p99(n).toFixed(1)} ms)`;
  const reached = Math.max(1, ...numbers.filter((n) => count(result, `echo_round_trip{step:${n}}`) > 0));
  const isFaulty = Object.keys(faults).some((name) => count(result, name) > 0);
  const broken = numbers.find((n) => p99(n) >= bound) ?? (isFaulty ? reached : undefined);
  return broken === undefined ? `none up to ${load(reached)}` : `at ${load(broken)}; held ${load(broken - 1)}`;
}
