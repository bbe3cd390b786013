/** What smoke.ts does: a case for each path and parameter of wsecho. */
import type { Params } from 'k6/websockets';
import { Probe } from './probe.ts';
import { answer, attempt } from './server.ts';
import { url } from './settings.ts';

type Case = {
  /** path and query below the echo */
  path: string;
  subprotocols?: string[];
  params?: Params;
  /** over k6's HTTP, and without a session */
  isRequest?: true;
  run: (probe: Probe) => Promise<unknown> | unknown;
};

const SHORT = 300; // milliseconds
const ATTEMPT = `smoke-${Date.now()}-${Math.random().toString(36).slice(2).padEnd(12, '0')}`;

/** What any server that echoes can do. */
export const echo: Case[] = [
  {
    path: '',
    run: async (probe) => {
      for (const message of messages()) {
        await probe.echo(message);
      }
      await probe.close();
    },
  },
  {
    path: '',
    run: async (probe) => {
      messages().forEach((message) => probe.socket.send(message));
      for (const message of messages()) {
        await probe.echoOf(message);
      }
      await probe.close();
    },
  },
  {
    path: '',
    run: async (probe) => {
      probe.socket.ping();
      await probe.next('pong');
      await probe.close();
    },
  },
];

/** What takes a wsecho. Not end=silence and end=stall: k6 never ends a session whose Close is not answered. */
export const ours: Case[] = [
  { path: '', subprotocols: ['echo', 'chat'], run: (probe) => selected(probe, 'echo') },
  { path: '?subprotocol=chat', subprotocols: ['echo', 'chat'], run: (probe) => selected(probe, 'chat') },
  { path: '?messages=2', run: (probe) => twice(probe).then(() => probe.closed(1000, 'Closing')) },
  { path: '?messages=2&code=4000&reason=enough', run: (probe) => twice(probe).then(() => probe.closed(4000, 'enough')) },
  { path: '?messages=2&end=eof', run: (probe) => twice(probe).then(() => probe.closed(1006)) },
  { path: '?messages=2&end=abort', run: (probe) => twice(probe).then(() => probe.closed('none')) },
  { path: `?lifetime=${SHORT}ms`, run: async (probe) => notBefore(SHORT, probe, (await probe.closed(1000)).at) },
  { path: `?delay=${SHORT}ms`, run: async (probe) => notBefore(SHORT, probe, await probe.echo('late')).then(() => probe.close()) },
  { path: '?fragment=1B', run: (probe) => probe.echo('\u20ac'.repeat(100)).then(() => probe.close()) },
  {
    path: '?limit=3B',
    run: async (probe) => {
      await probe.echo('abc');
      probe.socket.send('abcd');
      await probe.closed(1009);
    },
  },
  { path: '?ping=1s', run: (probe) => probe.next('ping').then(() => probe.close()) },
  {
    path: '?withhold=pong',
    run: async (probe) => {
      probe.socket.ping();
      await probe.silence(SHORT);
      await probe.close();
    },
  },
  { path: '?withhold=close&messages=2', run: (probe) => twice(probe).then(() => probe.closed(1006)) },
  {
    path: '/handshake?compress=true',
    params: { compression: 'deflate' } as Params,
    run: async (probe) => {
      const { extensions } = await report(probe);
      expect(/permessage-deflate/.test(extensions.accepted), true);
      await probe.echo('x'.repeat(10_000));
      await probe.close();
    },
  },
  { path: `?handshake-delay=${SHORT}ms`, run: (probe) => notBefore(SHORT, probe, probe.openedAt).then(() => probe.close()) },
  { path: '?strict=true&unknown=1', isRequest: true, run: () => refused('?strict=true&unknown=1', 400) },
  {
    path: '/handshake?messages=1',
    run: async (probe) => {
      expect((await report(probe)).request.endsWith('/handshake?messages=1 HTTP/1.1'), true);
      await probe.closed(1000);
    },
  },
  {
    path: '/push?every=20ms&count=3&size=256B&type=text',
    run: async (probe) => {
      for (const number of [1, 2, 3]) {
        const { data } = await probe.next('message');
        expect((data as string).length, 256);
        expect(JSON.parse(data as string).number, number);
      }
      await probe.closed(1000);
    },
  },
  {
    path: '/push?every=20ms&count=2&type=binary',
    run: async (probe) => {
      for (const number of [1n, 2n]) {
        expect(new DataView((await probe.next('message')).data as ArrayBuffer).getBigInt64(0), number);
      }
      await probe.closed(1000);
    },
  },
  {
    path: `?attempt=${ATTEMPT}`,
    run: async (probe) => {
      await probe.echo('seen');
      await probe.close();
      expect(attempt(ATTEMPT).arrivals[0].status, 101);
    },
  },
  { path: '/close/4321', run: (probe) => probe.closed(4321, 'Closing') },
  { path: '/refuse/503?retry-after=5s', isRequest: true, run: () => refused('/refuse/503?retry-after=5s', 503, ['Retry-After', '5']) },
  {
    path: '/refuse/307?location=/websocket',
    isRequest: true,
    run: () => refused('/refuse/307?location=/websocket', 307, ['Location', '/websocket']),
  },
];

/** Opens the session of a case, and runs it. */
export async function run({ path, subprotocols, params, isRequest, run }: Case): Promise<void> {
  const probe = isRequest ? null : await Probe.open(url + path, subprotocols, params);
  try {
    await run(probe!);
  } finally {
    probe?.socket.close(1000);
  }
}

/** Every length of the length field, nothing at all, and UTF-8 of each length. */
function messages(): (string | ArrayBuffer)[] {
  const texts = ['WebSocket rocks', '', 'a\u00e9\u20ac\u{1f600}', 'x'.repeat(125), 'x'.repeat(126), '\u20ac'.repeat(20_000)];
  return [...texts, ...[0, 125, 126, 65_535, 65_536].map(bytes)];
}

function bytes(length: number): ArrayBuffer {
  return Uint8Array.from({ length }, (_, i) => (i * 31) & 0xff).buffer;
}

async function twice(probe: Probe): Promise<void> {
  await probe.echo('one');
  await probe.echo('two');
}

async function selected(probe: Probe, subprotocol: string): Promise<void> {
  expect(probe.socket.protocol, subprotocol);
  await probe.close();
}

async function report(probe: Probe) {
  return JSON.parse((await probe.next('message')).data as string);
}

async function notBefore(milliseconds: number, probe: Probe, at: number): Promise<void> {
  const took = at - probe.began;
  if (took < milliseconds) {
    throw new Error(`expected nothing for ${milliseconds} ms, but it came after ${took.toFixed(1)}`);
  }
}

async function refused(path: string, status: number, [field, value]: string[] = []): Promise<void> {
  const response = answer(path);
  expect(response.status, status);
  expect(response.headers['Content-Type'], 'application/problem+json');
  if (field) {
    expect(response.headers[field], value);
  }
}

function expect(actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    throw new Error(`expected ${expected}, but there was ${actual}`);
  }
}
