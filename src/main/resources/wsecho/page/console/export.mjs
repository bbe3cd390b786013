import { clock, millis, oneLine, text } from './format.mjs';
import { hex } from './hex.mjs';
import { direction, Kind, type } from './log.mjs';

const SLICE_MILLIS = 5;

/**
 * @typedef {object} Exchange one session of the log
 * @property {URL} url
 * @property {string[]} subprotocols offered
 * @property {number} row the number of its first row
 * @property {number} began in ms since 1970
 * @property {number} [opened]
 * @property {number} [ended]
 * @property {string} [subprotocol]
 */

/**
 * Goes over rows without holding up the page. Those that are dropped meanwhile are left out.
 * @param {import('./log.mjs').Log} log
 * @param {Iterable<number>} rows
 * @param {(n: number) => void} each
 */
async function inSlices(log, rows, each) {
  let until = performance.now() + SLICE_MILLIS;
  for (const n of rows) {
    if (n >= log.first) {
      each(n);
    }
    if (performance.now() > until) {
      await new Promise((next) => setTimeout(next));
      until = performance.now() + SLICE_MILLIS;
    }
  }
}

/**
 * @param {import('./log.mjs').Log} log
 * @param {Iterable<number>} rows
 */
export async function asText(log, rows) {
  /** @type {string[]} */
  const lines = [];
  await inSlices(log, rows, (n) => {
    const kind = log.kind(n);
    const body = log.body(n);
    const shown = body === null ? '(body dropped)' : type(kind) === 'binary' ? hex(body) : oneLine(text(body));
    const cut = body !== null && body.length < log.size(n) ? `(cut to ${body.length} bytes)` : '';
    lines.push([n + 1, clock(log.time(n)), direction(kind), type(kind), kind < Kind.SENT_TEXT ? '' : log.size(n),
      millis(log.rtt(n)), shown + cut].join('\t'));
  });
  return `${lines.join('\n')}\n`;
}

/**
 * HAR 1.2 with the messages where Chromium has them.
 * @param {import('./log.mjs').Log} log
 * @param {Exchange[]} exchanges
 * @returns {Promise<Blob>}
 */
export async function asHar(log, exchanges) {
  const creator = { name: 'wsecho', version: '1' };
  const parts = [`{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`];
  for (const [index, exchange] of exchanges.entries()) {
    const messages = await harMessages(log, exchange.row, exchanges[index + 1]?.row ?? log.end);
    parts.push(index ? ',' : '', JSON.stringify(harEntry(exchange)).slice(0, -1), ',"_webSocketMessages":[', messages.join(','), ']}');
  }
  const comment = log.droppedRows || log.droppedBodies || log.cut
    ? `,"comment":"dropped: ${log.droppedRows} rows, ${log.droppedBodies} bodies; bodies that were cut: ${log.cut}"` : '';
  parts.push(`]${comment}}}`);
  return new Blob(parts, { type: 'application/json' });
}

/**
 * @param {import('./log.mjs').Log} log
 * @param {number} from
 * @param {number} to
 */
async function harMessages(log, from, to) {
  /** @type {string[]} */
  const messages = [];
  await inSlices(log, range(Math.max(from, log.first), to), (n) => {
    const kind = log.kind(n);
    if (kind >= Kind.SENT_TEXT) {
      messages.push(JSON.stringify(harMessage(log, n)));
    }
  });
  return messages;
}

/**
 * @param {number} from
 * @param {number} to
 */
export function* range(from, to) {
  for (let n = from; n < to; n++) {
    yield n;
  }
}

/**
 * @param {import('./log.mjs').Log} log
 * @param {number} n
 */
function harMessage(log, n) {
  const kind = log.kind(n);
  const body = log.body(n);
  const binary = type(kind) === 'binary';
  const data = body === null ? '' : binary ? base64(body) : text(body);
  return {
    type: direction(kind) === 'sent' ? 'send' : 'receive',
    time: log.time(n) / 1000,
    opcode: binary ? 2 : 1,
    data,
    ...(body === null || body.length < log.size(n) ? { _bytes: log.size(n), _kept: body?.length ?? 0 } : {}),
  };
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

// a page is told neither of the header fields nor of the version of HTTP
/** @param {Exchange} exchange */
function harEntry({ url, subprotocols, began, opened, ended, subprotocol }) {
  /** @type {(name: string, values: string[]) => {name: string, value: string}[]} */
  const field = (name, values) => values.length ? [{ name, value: values.join(', ') }] : [];
  const open = opened !== undefined;
  return {
    startedDateTime: new Date(began).toISOString(),
    time: (ended ?? Date.now()) - began,
    request: {
      method: 'GET', url: url.href, httpVersion: 'unknown', cookies: [],
      headers: field('Sec-WebSocket-Protocol', subprotocols),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })), headersSize: -1, bodySize: -1,
    },
    response: {
      status: open ? 101 : 0, statusText: open ? 'Switching Protocols' : '', httpVersion: 'unknown', cookies: [],
      headers: field('Sec-WebSocket-Protocol', subprotocol ? [subprotocol] : []),
      content: { size: 0, mimeType: 'x-unknown' }, redirectURL: '', headersSize: -1, bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: (opened ?? ended ?? Date.now()) - began, receive: 0 },
    _resourceType: 'websocket',
  };
}
