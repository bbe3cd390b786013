// A WebSocket server that is wrong: `node wrong-echo.mjs PORT`, for the proof that a check
// can fail. The first segment of the path names the fault; echoes are counted for each path.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const TEXT = 0x81, CLOSE = 0x88, PING = 0x89, PONG = 0x8a;
const [LATE, LIFE] = [3_000, 1_500]; // milliseconds

const faults = {
  // echoes
  flip: { echo: (session, frame) => session.write(flipped(frame)) },
  lose: { echo: (session, frame, n) => n % 1_000 === 0 || session.write(frame) },
  twice: { echo: (session, frame, n) => session.write(n % 1_000 === 0 ? Buffer.concat([frame, frame]) : frame) },
  late: { echo: (session, frame) => setTimeout(() => session.write(frame), LATE) },
  swap: { echo: swap },
  // handshakes, pings, Closes
  refuse: { refuses: () => true },
  mute: { withholdsPongs: true },
  abrupt: { opened: (session) => setTimeout(() => session.socket.end(), LIFE) },
  // goes away properly, but has forgotten some of what it read
  forget: {
    echo: (session, frame, n) => n % 100 === 0 || session.write(frame),
    opened: (session) => setTimeout(() => session.write(frame(CLOSE, Buffer.from([0x03, 0xe9]))), LIFE),
  },
  // pushed messages
  gap: { pushed: (message) => ({ ...message, number: message.number + (message.number > 20 ? 1 : 0) }) },
  pause: { pushed: (message) => ({ ...message, time: new Date(Date.parse(message.time) + (message.number > 20 ? LATE : 0)) }) },
};
const echoes = {};

function swap(session, frame, n) {
  if (n % 1_000 === 0) {
    session.held = frame;
  } else {
    session.write(frame);
    session.held && session.write(session.held);
    session.held = null;
  }
}

function flipped(frame) {
  frame[frame.length - 1] ^= 1;
  return frame;
}

function frame(first, payload) {
  const { length } = payload;
  if (length < 126) {
    return Buffer.concat([Buffer.from([first, length]), payload]);
  }
  const head = Buffer.alloc(length < 65_536 ? 4 : 10, Buffer.from([first, length < 65_536 ? 126 : 127]));
  length < 65_536 ? head.writeUInt16BE(length, 2) : head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

// the frames of what has been received, and the bytes that are left
function* frames(session) {
  for (;;) {
    const { bytes } = session;
    const short = bytes[1] & 0x7f;
    const start = short === 126 ? 8 : short === 127 ? 14 : 6;
    if (bytes.length < start) {
      return;
    }
    const length = start === 6 ? short : start === 8 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < start + length) {
      return;
    }
    const mask = bytes.subarray(start - 4, start);
    const payload = bytes.subarray(start, start + length).map((byte, i) => byte ^ mask[i & 3]);
    session.bytes = bytes.subarray(start + length);
    yield [bytes[0], payload];
  }
}

function received(session, fault, path, first, payload) {
  if (first === CLOSE) {
    session.write(frame(CLOSE, payload));
    session.socket.end();
  } else if (first === PING) {
    fault.withholdsPongs || session.write(frame(PONG, payload));
  } else if (first !== PONG && fault.echo) {
    echoes[path] = (echoes[path] ?? 0) + 1;
    fault.echo(session, frame(first, payload), echoes[path]);
  } else if (first !== PONG) {
    session.write(frame(first, payload));
  }
}

function push(session, query, change = (message) => message) {
  const [every, count] = [parseInt(query.get('every')), parseInt(query.get('count'))];
  const began = Date.now();
  let number = 0;
  const timer = setInterval(() => {
    const message = { number: ++number, time: new Date(began + number * every), late: 0 };
    session.write(frame(TEXT, Buffer.from(JSON.stringify(change(message)))));
    if (number === count) {
      clearInterval(timer);
      session.write(frame(CLOSE, Buffer.from([0x03, 0xe8])));
    }
  }, every);
  session.socket.on('close', () => clearInterval(timer));
}

const server = createServer((request, response) => {
  response.writeHead(request.url.endsWith('/api') ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ asyncapi: '3.0.0', info: { title: 'wsecho' }, channels: {} }));
});
server.on('upgrade', (request, socket) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const fault = faults[pathname.split('/')[1]];
  socket.on('error', () => {});
  if (!fault || fault.refuses) {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  const subprotocol = request.headers['sec-websocket-protocol']?.split(',')[0];
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept.digest('base64')}\r\n${subprotocol ? `Sec-WebSocket-Protocol: ${subprotocol}\r\n` : ''}\r\n`);
  const session = { socket, bytes: Buffer.alloc(0), write: (bytes) => socket.writable && socket.write(bytes) };
  socket.on('data', (chunk) => {
    session.bytes = Buffer.concat([session.bytes, chunk]);
    for (const [first, payload] of frames(session)) {
      received(session, fault, pathname, first, payload);
    }
  });
  fault.opened?.(session);
  pathname.endsWith('/push') && push(session, searchParams, fault.pushed);
});
server.listen(Number(process.argv[2]), '127.0.0.1');
