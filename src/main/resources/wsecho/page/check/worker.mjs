/**
 * Runs the path check. In a worker of its own, since a page that nobody looks at gets its timers once a minute.
 *
 * @typedef {{table: import('./table.mjs').Table, base: string, idle: number}} Order
 */
import { Machine } from './machine.mjs';
import { Runner } from './runner.mjs';
import { Ledger } from './server.mjs';
import { Session } from './session.mjs';

const MAX_PING = 25;

// the longest is longer than the 15 s of an Envoy, and Firefox gives up after 20 s
const [MIN_SLOW, MAX_SLOW] = [5000, 18_000];

// the longest that Firefox waits before it begins a handshake on a path where sessions have failed
const MAX_DELAY = 60_000;

// so that SignalR's second ping, which is due after 30 s, comes
const QUIET = 32_000;

const machine = new Machine();

/** @param {Order} order */
async function run({ table, base, idle }) {
  const ping = Math.max(1, Math.min(MAX_PING, Math.floor(Math.floor(idle / 1000) / 3)));
  // while sessions are idle, and so no longer than they are
  const slow = Math.max(MIN_SLOW, Math.min(MAX_SLOW, Math.floor(idle / 2)));
  if (navigator.userAgent.includes('Firefox/')) {
    await settle(base);
  }
  const values = { idle, ping: `${ping}s`, slow, streams: 1, quiet: Math.min(QUIET, idle) };
  const runner = new Runner(table, values, { base: new URL(base), machine, ledger: new Ledger() }, {
    began: (began) => postMessage({ began }),
    ended: (ended) => postMessage({ ended }),
  });
  await runner.run();
  postMessage({ complete: true });
}

/**
 * Waits until a session opens, so that those that failed before delay none of the check.
 * @param {string} base
 */
async function settle(base) {
  const address = new URL('websocket', base);
  address.protocol = address.protocol.replace('http', 'ws');
  const session = new Session(address, []);
  await session.until(() => session.opened || session.end, MAX_DELAY);
  session.close();
}

onmessage = ({ data }) => {
  // an error in a promise would reach nobody
  run(data).catch((failure) => setTimeout(() => { throw failure; }));
};
