// Every path and every parameter that /api names, with Node's ws: what is asked for, and
// what that client sees of it. Fails when anything differs, or a parameter is not tried.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const WebSocket = createRequire(`${process.env.NODE_PACKAGES}/`)('ws');
const [server] = process.argv.slice(2);
const patience = 20_000;
const silence = 5_000; // wsecho.caps.silence
const tried = [];

// one session: `play` acts when it is open, and what is returned is all that was seen
function session(path, play = () => {}, protocols = [], options = {}) {
  tried.push(path);
  const began = performance.now();
  const seen = { messages: [], frames: [], pings: 0, pongs: 0, at: [] };
  const since = () => performance.now() - began;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${server}${path}`, protocols, { perMessageDeflate: false, ...options });
    const timer = setTimeout(() => {
      socket.terminate();
      reject(new Error(`no end within ${patience} ms`));
    }, patience);
    const done = (more) => {
      clearTimeout(timer);
      resolve({ ...seen, ...more, took: since() });
    };
    socket.on('open', () => {
      Object.assign(seen, { opened: since(), protocol: socket.protocol, extensions: socket.extensions });
      socket._socket.on('data', (bytes) => seen.frames.push(bytes));
      socket._socket.on('end', () => (seen.end = 'FIN'));
      socket._socket.on('error', ({ code }) => (seen.end = code));
      play(socket, seen);
    });
    socket.on('message', (data, binary) => {
      seen.messages.push(binary ? data : data.toString());
      seen.at.push(since());
    });
    socket.on('ping', () => seen.pings++);
    socket.on('pong', () => seen.pongs++);
    socket.on('error', ({ message }) => (seen.error = message));
    socket.on('unexpected-response', async (request, response) => {
      let body = '';
      for await (const chunk of response) {
        body += chunk;
      }
      request.destroy();
      done({ status: response.statusCode, fields: response.headers, problem: JSON.parse(body) });
    });
    // once the end of the connection was seen too
    socket.on('close', (code, reason) => setImmediate(() => done({ code, reason: reason.toString() })));
  });
}

const say = (...texts) => (socket) => texts.forEach((text) => socket.send(text));
// more than the buffers of both ends hold; what is left of it some time later
function flood(socket, seen) {
  socket.send(Buffer.alloc(32 << 20));
  setTimeout(() => (seen.left = socket.bufferedAmount), silence / 2);
}
const ended = (seen, code, reason) => assert.deepEqual([seen.code, seen.reason], [code, reason]);
const within = (milliseconds, least, most = least + 5_000) =>
  assert.ok(milliseconds >= least - 5 && milliseconds < most, `${milliseconds} ms, not ${least} to ${most}`);

// first byte and payload of each frame, all of which are short; a ping may come any time
function frames(seen) {
  const bytes = Buffer.concat(seen.frames);
  const all = [];
  for (let i = 0; i < bytes.length; i += 2 + bytes[i + 1]) {
    all.push(`${bytes[i].toString(16).padStart(2, '0')}:${bytes.toString('latin1', i + 2, i + 2 + bytes[i + 1])}`);
  }
  return all.filter((frame) => !frame.startsWith('89:'));
}

const close = '88:\u0003\u00e8Closing';
const checks = {
  'echo, closed by the client': async () => {
    const seen = await session('/websocket?unknown=1', (socket) => {
      say('a', Buffer.from([1]))(socket);
      socket.close(4000, 'bye');
    });
    assert.deepEqual(seen.messages, ['a', Buffer.from([1])]);
    ended(seen, 4000, 'bye');
  },
  'attempt': async () => {
    const seen = await session('/websocket/refuse/404?attempt=the-attempt-of-nodes-ws-1');
    const report = await (await fetch(`http://${server}/attempts/the-attempt-of-nodes-ws-1`)).json();
    assert.deepEqual([seen.status, report.arrivals[0].status, report.arrivals[0].upgrade], [404, 404, 'websocket']);
  },
  'strict': async () => {
    const seen = await session('/websocket?strict=true&message=1');
    assert.equal(seen.status, 400);
    assert.deepEqual(seen.problem.errors.map(({ parameter }) => parameter), ['message']);
  },
  'messages': async () => {
    const seen = await session('/websocket?messages=3', say('a', 'b', 'c', 'd'));
    assert.deepEqual(seen.messages, ['a', 'b', 'c']);
    ended(seen, 1000, 'Closing');
  },
  'lifetime': async () => {
    const seen = await session('/websocket?lifetime=1s', say('a'));
    assert.deepEqual(seen.messages, ['a']);
    ended(seen, 1000, 'Closing');
    within(seen.took, 1_000);
  },
  'end=close, code, reason': async () => {
    const reason = '\u20ac'.repeat(41);
    ended(await session(`/websocket?messages=1&end=close&code=4999&reason=${reason}`, say('a')), 4999, reason);
  },
  'end=eof': async () => {
    const seen = await session('/websocket?messages=1&end=eof', say('a'));
    assert.deepEqual(frames(seen), ['81:a']);
    assert.deepEqual([seen.code, seen.end], [1006, 'FIN']);
  },
  'end=abort': async () => {
    // not right after a message: libuv takes a reset that comes with data for an end
    const seen = await session('/websocket?lifetime=2s&end=abort', say('a'));
    assert.deepEqual(frames(seen), ['81:a']);
    assert.deepEqual([seen.code, seen.end], [1006, 'ECONNRESET']);
  },
  'end=silence': async () => {
    const seen = await session('/websocket?messages=1&end=silence', (socket, seen) => {
      socket.send('a');
      socket.once('message', () => {
        socket.ping();
        flood(socket, seen);
      });
    });
    assert.deepEqual(frames(seen), ['81:a']);
    assert.deepEqual([seen.code, seen.left], [1006, 0]);
    within(seen.took, silence);
  },
  'end=stall': async () => {
    const seen = await session('/websocket?messages=1&end=stall', (socket, seen) => {
      socket.send('a');
      socket.once('message', () => flood(socket, seen));
    });
    assert.deepEqual(frames(seen), ['81:a']);
    assert.equal(seen.code, 1006);
    assert.ok(seen.left > 0, 'all was read');
    within(seen.took, silence);
  },
  'delay': async () => {
    const texts = Array.from({ length: 1000 }, (_, i) => `${i}`);
    const seen = await session('/websocket?delay=500ms&messages=1000', say(...texts));
    assert.deepEqual(seen.messages, texts);
    within(seen.at[0] - seen.opened, 500);
    within(seen.at.at(-1) - seen.opened, 500);
    ended(seen, 1000, 'Closing');
  },
  'fragment': async () => {
    const seen = await session('/websocket?messages=1&fragment=6', say('WebSocket rocks'));
    assert.deepEqual(frames(seen), ['01:WebSoc', '00:ket ro', '80:cks', close]);
    assert.deepEqual(seen.messages, ['WebSocket rocks']);
  },
  'limit': async () => {
    const seen = await session('/websocket?limit=10B', say('0123456789', '0123456789a'));
    assert.deepEqual(seen.messages, ['0123456789']);
    assert.equal(seen.code, 1009);
  },
  'ping': async () => {
    const seen = await session('/websocket?ping=1s&lifetime=3500ms');
    assert.ok(seen.pings >= 1, `${seen.pings} pings`);
    ended(seen, 1000, 'Closing');
  },
  'ping=0': async () => {
    const seen = await session('/websocket?ping=0&lifetime=3500ms');
    assert.equal(seen.pings, 0);
  },
  'pong': async () => {
    const seen = await session('/websocket?messages=1', (socket) => {
      socket.ping('x');
      socket.send('a');
    });
    assert.deepEqual(frames(seen), ['8a:x', '81:a', close]);
  },
  'withhold=pong': async () => {
    const seen = await session('/websocket?withhold=pong&messages=1', (socket) => {
      socket.ping('x');
      socket.send('a');
    });
    assert.deepEqual(frames(seen), ['81:a', close]);
    assert.equal(seen.pongs, 0);
  },
  'withhold=close, ended by the server': async () => {
    const seen = await session('/websocket?withhold=close&messages=1', say('a'));
    assert.deepEqual(frames(seen), ['81:a']);
    assert.deepEqual([seen.code, seen.end], [1006, 'FIN']);
  },
  'withhold=close, closed by the client': async () => {
    const seen = await session('/websocket?withhold=close,pong', (socket) => socket.close(1000));
    assert.deepEqual(frames(seen), []);
    assert.equal(seen.code, 1006);
    within(seen.took, silence);
  },
  'first subprotocol': async () =>
    assert.equal((await session('/websocket', (socket) => socket.close(), ['a', 'b'])).protocol, 'a'),
  'subprotocol': async () =>
    assert.equal((await session('/websocket?subprotocol=b', (socket) => socket.close(), ['a', 'b'])).protocol, 'b'),
  'subprotocol=none': async () =>
    assert.match((await session('/websocket?subprotocol=none', () => {}, ['a'])).error, /no subprotocol/),
  'compress': async () => {
    const text = 'compressible '.repeat(10_000);
    const seen = await session('/websocket?compress=true&messages=1', say(text), [], { perMessageDeflate: true });
    assert.equal(seen.extensions, 'permessage-deflate');
    assert.deepEqual(seen.messages, [text]);
    assert.ok(Buffer.concat(seen.frames).length < text.length / 10);
    ended(seen, 1000, 'Closing');
  },
  'compress=false': async () => {
    const seen = await session('/websocket?compress=false&messages=1', say('a'), [], { perMessageDeflate: true });
    assert.equal(seen.extensions, '');
    assert.deepEqual(frames(seen), ['81:a', close]);
  },
  'handshake-delay': async () => {
    const seen = await session('/websocket?handshake-delay=500ms&messages=1', say('a'));
    within(seen.opened, 500);
    ended(seen, 1000, 'Closing');
  },
  'report': async () => {
    const seen = await session('/websocket/handshake?messages=2', say('a'), ['x', 'y'], {
      headers: { Authorization: 'secret', 'X-Forwarded-For': '192.0.2.1' },
    });
    const report = JSON.parse(seen.messages[0]);
    const value = (name) => report.headers.find((field) => field.name === name);
    assert.equal(report.request, 'GET /websocket/handshake?messages=2 HTTP/1.1');
    assert.deepEqual(value('Authorization'), { name: 'Authorization', length: 6 });
    assert.deepEqual(report.forwarded, [{ name: 'X-Forwarded-For', value: '192.0.2.1' }]);
    assert.deepEqual(report.subprotocols, { offered: ['x', 'y'], accepted: ['x'] });
    assert.deepEqual(seen.messages.slice(1), ['a']);
    ended(seen, 1000, 'Closing');
  },
  'push': async () => {
    const seen = await session('/websocket/push?every=20ms&count=50&size=200B');
    const pushed = seen.messages.map((text) => JSON.parse(text));
    assert.deepEqual(pushed.map(({ number }) => number), Array.from({ length: 50 }, (_, i) => i + 1));
    assert.ok(seen.messages.every((text) => text.length === 200));
    const beats = 49 + pushed.reduce((sum, { late }) => sum + late, 0);
    within(Date.parse(pushed[49].time) - Date.parse(pushed[0].time), beats * 20 - 500, beats * 20 + 500);
    ended(seen, 1000, 'Closing');
  },
  'push of binary': async () => {
    const seen = await session('/websocket/push?every=20ms&count=3&type=binary&size=128B');
    seen.messages.forEach((bytes, i) => {
      assert.equal(bytes.length, 128);
      assert.equal(bytes.readBigInt64BE(0), BigInt(i + 1));
      within(Date.now() - Number(bytes.readBigInt64BE(8) / 1000n), 0);
      assert.ok(bytes.readBigInt64BE(16) >= 0n);
    });
    assert.equal(seen.messages.length, 3);
  },
  'redirect': async () => {
    const seen = await session('/websocket/refuse/307?location=/websocket');
    assert.deepEqual([seen.status, seen.fields.location], [307, '/websocket']);
  },
  'all that is wrong with the parameters': async () => {
    const bad = {
      messages: '0', lifetime: '-1s', end: 'bang', code: '1005', reason: 'x'.repeat(124), delay: '1h', fragment: '0B',
      limit: 'x', ping: '1ms', withhold: 'ping', subprotocol: 'x', compress: 'yes', 'handshake-delay': '1d',
    };
    const seen = await session(`/websocket?${new URLSearchParams(bad)}`);
    assert.equal(seen.status, 400);
    const faults = Object.fromEntries(seen.problem.errors.map(({ parameter, value }) => [parameter, value]));
    assert.deepEqual(faults, bad);
  },
};
for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999]) {
  checks[`close/${code}`] = async () => ended(await session(`/websocket/close/${code}`), code, 'Closing');
}
for (const status of [300, 400, 401, 403, 404, 418, 429, 500, 502, 503, 599]) {
  checks[`refuse/${status}`] = async () => {
    const seen = await session(`/websocket/refuse/${status}?retry-after=90s`);
    assert.deepEqual([seen.status, seen.fields['retry-after'], seen.problem.status], [status, '90', status]);
  };
}

// what is not in the table above is not tried
async function untried() {
  const { channels } = await (await fetch(`http://${server}/api`)).json();
  const names = Object.values(channels).flatMap(({ bindings }) => Object.keys(bindings.ws.query.properties));
  const used = new Set(tried.flatMap((path) => [...new URL(path, 'ws://any').searchParams.keys()]));
  const paths = Object.values(channels).map(({ address }) => address);
  return [
    ...names.filter((name) => !used.has(name)),
    ...paths.filter((path) => !tried.some((each) => new RegExp(`^${path.replace(/\{.*\}/, '\\d+')}(\\?|$)`).test(each))),
  ];
}

const names = Object.keys(checks);
const results = await Promise.allSettled(names.map((name) => checks[name]()));
const wrong = results.flatMap(({ reason }, i) => (reason ? [`${names[i]}: ${reason.message}`] : []));
wrong.push(...(await untried()).map((name) => `${name} is not tried`));
wrong.forEach((line) => console.error(line));
const right = results.filter(({ status }) => status === 'fulfilled').length;
console.log(`Node's ws: ${right} of ${names.length} right`);
process.exit(wrong.length === 0 ? 0 : 1);
