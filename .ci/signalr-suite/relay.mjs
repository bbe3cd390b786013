// A relay of HTTP and WebSockets in front of one or more instances: it notes every request,
// chooses the instance for each, and changes what passes, as it is told.
import http from 'node:http';
import { createRequire } from 'node:module';

const WebSocket = createRequire(`${process.env.NODE_PACKAGES}/`)('ws');
const END = '\x1e'; // of a record of the hub protocol
const upgrades = new WebSocket.WebSocketServer({ noServer: true });

export const always = (port) => () => ({ port });
export const turns = (ports) => {
  let n = 0;
  return () => ({ port: ports[n++ % ports.length] });
};
// by chance, the same in every run
export const chance = (ports, seed = 22) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return { port: ports[(seed >> 16) % ports.length] };
};
// a cookie names the instance, as long as that is ready
export function affinity(ports, isReady = () => true) {
  const name = `instance-${++affinities}`; // a browser sends cookies to all ports of a host
  let n = 0;
  return ({ headers }) => {
    const port = Number(new RegExp(`\\b${name}=(\\d+)`).exec(headers.cookie ?? '')?.[1]);
    const ready = ports.filter(isReady);
    if (ready.includes(port)) {
      return { port };
    }
    const chosen = ready[n++ % ready.length];
    return { port: chosen, cookie: `${name}=${chosen}; Path=/` };
  };
}
let affinities = 0;

/**
 * Starts a relay.
 * @param choose gives { port, cookie? } for a request
 * @param change what passes otherwise than it came; each may be left out:
 *   answers(request): an answer { status, body } in place of the instance's
 *   answered(answer, request): changes { status, fields, body }, which is read whole
 *   fields(fields, request): changes the fields of an answer that streams
 *   fromClient(record, session), fromServer(record, session): the records to pass on, of WebSockets
 *   opened(session): { toClient(record), end(), query }
 *   binary: whether the first message to the client is a binary one
 * @param port 0 for any
 */
export async function relay(choose, change = {}, port = 0) {
  const requests = [];
  const server = http.createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });

  async function pass(request, response) {
    requests.push(request);
    const body = await read(request);
    const made = await change.answers?.(request);
    if (made) {
      response.writeHead(made.status).end(made.body);
      return;
    }
    const { port, cookie } = choose(request);
    const { method, url: path, headers } = request;
    const upstream = http.request({ port, method, path, headers, agent: false });
    response.on('close', () => upstream.destroy());
    upstream.on('error', () => response.destroy());
    upstream.end(body);
    const [answer] = await once(upstream, 'response');
    const fields = { ...answer.headers, ...(cookie && { 'set-cookie': cookie }) };
    ['connection', 'keep-alive', 'transfer-encoding'].forEach((name) => delete fields[name]);
    change.fields?.(fields, request);
    if (change.answered && !fields['content-type']?.startsWith('text/event-stream')) {
      const whole = { status: answer.statusCode, fields, body: (await read(answer)).toString() };
      change.answered(whole, request);
      delete fields['content-length'];
      response.writeHead(whole.status, fields).end(whole.body);
      return;
    }
    response.writeHead(answer.statusCode, fields);
    response.flushHeaders();
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  }

  server.on('upgrade', (request, socket, head) => {
    requests.push(request);
    socket.on('error', () => {});
    const { port, cookie } = choose(request);
    const { host, connection, upgrade, ...headers } = request.headers;
    Object.keys(headers).filter((name) => name.startsWith('sec-')).forEach((name) => delete headers[name]);
    const upstream = new WebSocket(`ws://127.0.0.1:${port}${request.url}`, { headers, perMessageDeflate: false });
    upstream.on('error', () => socket.destroy());
    upstream.on('unexpected-response', async (_, answer) => {
      const body = await read(answer);
      socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nContent-Length: ${body.length}\r\n` +
        `Connection: close\r\n\r\n${body}`);
    });
    upstream.on('upgrade', () => {
      upgrades.once('headers', (fields) => cookie && fields.push(`Set-Cookie: ${cookie}`));
      upgrades.handleUpgrade(request, socket, head, (client) => join(client, upstream, request));
    });
  });

  function join(client, upstream, request) {
    const query = new URL(request.url, 'http://any').searchParams;
    const session = {
      query,
      toClient: (record) => client.send(JSON.stringify(record) + END),
      end: () => [client, upstream].forEach((socket) => socket.terminate()),
    };
    let first = true;
    const carry = (from, to, changed, binary) => {
      from.on('message', (data, isBinary) => {
        const passed = changed ? records(data).flatMap((record) => changed(record, session)).map((text) => text + END).join('') : data;
        passed.length > 0 && to.readyState === WebSocket.OPEN && to.send(passed, { binary: isBinary || (first && binary) });
        first &&= !binary;
      });
      from.on('close', (code, reason) => (code === 1006 ? to.terminate() : to.close(code === 1005 ? undefined : code, reason)));
      from.on('error', () => {});
    };
    carry(client, upstream, text(change.fromClient), false);
    carry(upstream, client, text(change.fromServer), change.binary);
    change.opened?.(session);
  }

  await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  return { port: server.address().port, requests };
}

// a change of parsed records as one of their texts
const text = (changed) => changed && ((record, session) => changed(JSON.parse(record), session).map((each) => JSON.stringify(each)));
const records = (data) => data.toString().split(END).slice(0, -1);

function once(emitter, event) {
  return new Promise((resolve, reject) => emitter.once(event, (...all) => resolve(all)).once('error', reject));
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
