// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/push.ts
//
// Sessions in which the server sends: each number follows the last one, and with those that
// the server says it left out each is on time. To those who read slowly it has to leave out some.
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { fault, tell } from './lib/metrics.ts';
import { Pushed } from './lib/pushed.ts';
import { describe } from './lib/server.ts';
import { common, patience, setting, url } from './lib/settings.ts';
import { count, line, summary } from './lib/summary.ts';
import { WebSocket } from './lib/websocket.ts';

const sessions = setting('SESSIONS', { ci: 20, local: 200, cluster: 1_000 });
const messages = setting('MESSAGES', { ci: 100, local: 1_000, cluster: 5_000 });
const every = setting('EVERY', { ci: 20, local: 20, cluster: 20 }); // milliseconds
const tolerance = setting('TOLERANCE', { ci: 500, local: 200, cluster: 200 }); // milliseconds

const verified = new Counter('pushed_verified');
const wrong = new Counter('pushed_wrong');
const leftOut = new Counter('pushed_left_out'); // to prompt readers
const slowLeftOut = new Counter('pushed_left_out_slow');

const duration = `${Math.ceil((messages * every + 3 * patience) / 1_000)}s`;
const once = { executor: 'per-vu-iterations' as const, iterations: 1, maxDuration: duration, gracefulStop: '0s' };

export const options = {
  ...common,
  scenarios: {
    prompt: { ...once, vus: Math.min(10, sessions), exec: 'prompt' },
    slow: { ...once, vus: 2, exec: 'slow' },
  },
  thresholds: {
    pushed_verified: [`count>=${sessions * messages}`],
    pushed_wrong: ['count==0'],
    pushed_left_out_slow: ['count>0'],
    closes_abnormal: ['count==0'],
  },
};

export function setup(): void {
  if (describe() === null) {
    exec.test.abort(`${url} is no wsecho, and only that pushes`);
  }
}

export function prompt(): void {
  for (let n = 0; n < Math.ceil(sessions / Math.min(10, sessions)); n++) {
    read(`every=${every}ms&count=${messages}`, every, leftOut, () => {});
  }
}

// 64 KB each ms is more than is read in 20
export function slow(): void {
  read('every=1ms&size=64KB&count=150', 1, slowLeftOut, () => sleep(0.02));
}

/**
 * Opens a session that reads all.
 * @param late counts what the server left out
 * @param after what is done after each message
 */
function read(query: string, interval: number, late: Counter, after: () => void): void {
  const pushed = new Pushed(interval, tolerance);
  const socket = new WebSocket(`${url}/push?${query}`);
  socket.onmessage = ({ data }) => {
    const what = pushed.receive(JSON.parse(data as string));
    if (what) {
      wrong.add(1);
      tell('pushed_wrong', what);
      socket.close(1000);
    } else {
      verified.add(1);
      after();
    }
  };
  socket.onerror = ({ error }) => tell('error', error);
  socket.onclose = ({ code }) => {
    late.add(pushed.leftOut);
    if (code !== 1000) {
      fault('closes_abnormal', `closed with ${code ?? 'none'} after ${pushed.messages} messages`);
    }
  };
}

export const handleSummary = summary('push', (result) => [
  line('pushed', `${count(result, 'pushed_verified')} verified, ${count(result, 'pushed_wrong')} wrong`),
  line('left out', `${count(result, 'pushed_left_out')} to prompt readers, ${count(result, 'pushed_left_out_slow')} to slow ones`),
]);
