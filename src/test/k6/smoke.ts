// k6 run -e WSECHO_URL=ws://localhost:1901/websocket src/test/k6/smoke.ts
//
// Opens sessions with two subprotocols, sends texts and binaries, and checks each echo:
// its type, its bytes, its place in the order. Any that is missing or wrong fails the run.
import { WebSocket } from 'k6/websockets';
import { Counter } from 'k6/metrics';

const url = __ENV.WSECHO_URL || 'ws://localhost:1901/websocket';
const sessions = 10;
const patience = 10_000; // milliseconds that a session may take

// every size of the length field, nothing at all, and UTF-8 of each length
const messages: (string | ArrayBuffer)[] = [
  'WebSocket rocks',
  '',
  'a\u00e9\u20ac\u{1f600}',
  'x'.repeat(125),
  'x'.repeat(126),
  '\u20ac'.repeat(20_000),
  new ArrayBuffer(0),
  bytes(125),
  bytes(126),
  bytes(65_535),
  bytes(65_536),
];

const echoes = new Counter('echoes_right');
const faults = new Counter('faults');
const closes = new Counter('sessions_closed');

export const options = {
  vus: 2,
  iterations: sessions,
  thresholds: {
    echoes_right: [`count==${sessions * messages.length}`],
    sessions_closed: [`count==${sessions}`],
    faults: ['count==0'],
  },
};

export default function () {
  const socket = new WebSocket(url, ['echo', 'chat']);
  socket.binaryType = 'arraybuffer';
  let received = 0;
  let done = false;
  const timer = setTimeout(() => fault('no end in time'), patience);

  function fault(what: string) {
    if (!done) {
      done = true;
      clearTimeout(timer);
      faults.add(1);
      console.error(`${what}, after ${received} of ${messages.length} echoes`);
      socket.close();
    }
  }

  socket.onopen = () => {
    if (socket.protocol !== 'echo') {
      fault(`the subprotocol is ${socket.protocol}`);
    }
    messages.forEach((message) => socket.send(message));
  };
  socket.onmessage = ({ data }) => {
    if (!same(data, messages[received])) {
      fault('a wrong echo');
    } else {
      echoes.add(1);
      if (++received === messages.length) {
        socket.close(1000);
      }
    }
  };
  socket.onerror = ({ error }) => fault(`error: ${error}`);
  socket.onclose = ({ code }) => {
    if (received < messages.length || code !== 1000) {
      fault(`closed with ${code}`);
    } else if (!done) {
      done = true;
      clearTimeout(timer);
      closes.add(1);
    }
  };
}

function bytes(length: number): ArrayBuffer {
  return Uint8Array.from({ length }, (_, i) => (i * 31) & 0xff).buffer;
}

function same(actual: unknown, expected: string | ArrayBuffer): boolean {
  if (typeof expected === 'string' || typeof actual === 'string') {
    return actual === expected;
  }
  const a = new Uint8Array(actual as ArrayBuffer);
  const b = new Uint8Array(expected);
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
