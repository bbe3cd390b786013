// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/smoke.ts
//
// Every path and parameter once, and each length of message. Of another echo server it asks
// only what any of them can do.
import { Counter } from 'k6/metrics';
import { echo, ours, run } from './lib/cases.ts';
import { describe } from './lib/server.ts';
import type { Api } from './lib/server.ts';
import { common, patience, url } from './lib/settings.ts';
import { count, line, summary } from './lib/summary.ts';

const passed = new Counter('cases_passed');
const failed = new Counter('cases_failed');
const leftOut = new Counter('cases_left_out');

const once = { executor: 'per-vu-iterations' as const, vus: 1, iterations: 1, gracefulStop: '0s' };

export const options = {
  ...common,
  scenarios: {
    echo: { ...once, exec: 'anyEcho', maxDuration: `${(3 * patience) / 1_000}s` },
    ours: { ...once, exec: 'ourPaths', maxDuration: `${(3 * patience) / 1_000}s` },
  },
  thresholds: { cases_passed: [`count>=${echo.length}`], cases_failed: ['count==0'] },
};

export function setup(): Api | null {
  const api = describe();
  if (api === null) {
    console.warn(`${url} is no wsecho: ${ours.length} cases are left out`);
  }
  return api;
}

export function anyEcho(): Promise<void> {
  return all(echo);
}

export async function ourPaths(api: Api | null): Promise<void> {
  if (api === null) {
    leftOut.add(ours.length);
    return;
  }
  missing(api).forEach((what) => fail(what, 'smoke.ts has no case for it'));
  await all(ours);
}

export const handleSummary = summary('smoke', (result) => [
  line('cases', ['passed', 'failed', 'left_out'].map((each) => `${count(result, `cases_${each}`)} ${each.replace('_', ' ')}`).join(', ')),
]);

async function all(cases: typeof echo): Promise<void> {
  await Promise.all(
    cases.map((each) =>
      run(each).then(
        () => passed.add(1),
        (error) => fail(url + each.path, error.message),
      ),
    ),
  );
}

function fail(what: string, why: string): void {
  failed.add(1);
  console.error(`${what}: ${why}`);
}

/** Paths and parameters that the server has and no case uses. */
function missing({ paths, parameters }: Api): string[] {
  const used = ours.map(({ path }) => path);
  const isUsed = (what: string) => used.some((each) => each.includes(what));
  return [
    // up to what is a parameter of the path
    ...paths.filter((path) => !isUsed(path.replace(/\{.*/, ''))),
    ...parameters.filter((name) => !isUsed(`${name}=`) && !paths.some((path) => path.includes(`{${name}}`))),
  ];
}
