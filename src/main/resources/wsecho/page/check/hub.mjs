/**
 * Connections of a SignalR hub.
 *
 * @typedef {import('./table.mjs').Values} Values
 * @typedef {{send: (hubRecord: string) => unknown, receive: (within: number) => Promise<string | undefined>,
 *   ended: () => boolean, close: () => void}} Carrier
 *   a transport that is open
 */
import { body } from './plain.mjs';
import { Session } from './session.mjs';
import { Transfer } from './transfer.mjs';

// what is sent, and what is in the answer
const RECORDS = [['{"protocol":"json","version":1}\x1e', '{}\x1e'],
  ['{"type":1,"invocationId":"1","target":"Echo","arguments":["wsecho"]}\x1e', '"result":"wsecho"']];

const PING = '{"type":6}';

const CLOSE = '{"type":7';

// an instance tells so that another has negotiated the connection
const OTHER = 'other-instance';

/**
 * Negotiates connections and connects each, by a poll, which is answered at once: whether it comes to the instance
 * that has negotiated it.
 * @param {URL} hub
 * @param {{times: number, cookies: string, within: number}} step
 * @returns {Promise<Values>}
 */
export async function affinity(hub, { times, cookies, within }) {
  const credentials = cookies === 'kept' ? 'same-origin' : 'omit';
  /** @type {Values} */
  let facts = {};
  let [count, same, other] = [0, 0, 0];
  for (let i = 0; i < times; i++) {
    /** @type {Values} */
    const seen = {};
    try {
      const requests = await negotiated(hub, within, seen, credentials);
      count++;
      requireOk(await requests.ask({}, within), 'poll', seen);
      same++;
      await requests.ask({ method: 'DELETE' }, within);
    } catch (thrown) {
      other += seen['hub.other'] ? 1 : 0;
      facts = seen['hub.other'] ? facts : { ...facts, ...seen, 'affinity.failure': reason(thrown) };
    }
  }
  return { ...facts, 'affinity.tried': times, 'affinity.negotiated': count, 'affinity.same': same, 'affinity.other': other };
}

/** @param {unknown} thrown */
function reason(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Opens a connection by one transport, shakes hands and has a call echoed.
 * @param {URL} hub perhaps with a query
 * @param {{as: string, within: number, stay: number}} step
 * @returns {Promise<Values>}
 */
export async function connection(hub, { as, within, stay }) {
  const start = performance.now();
  /** @type {Values} */
  const facts = { [`${as}.opened`]: false };
  let failure = '';
  try {
    const carrier = await (as === 'ws' ? socket(hub, within) : as === 'sse' ? events(hub, within, facts) : polls(hub, within, facts));
    facts[`${as}.opened`] = true;
    failure = await called(carrier, within) ? '' : 'nothing came back';
    Object.assign(facts, failure === '' && stay > 0 ? await stayed(carrier, { stay, within }) : {});
    carrier.close();
  } catch (thrown) {
    failure = reason(thrown);
  }
  return { ...facts, [`${as}.ok`]: failure === '', [`${as}.took`]: Math.trunc(performance.now() - start),
    ...(failure ? { [`${as}.failure`]: failure } : {}) };
}

/**
 * @param {Carrier} carrier
 * @param {number} within
 */
async function called(carrier, within) {
  for (const each of RECORDS) {
    if (!await answers(carrier, each, within)) {
      return false;
    }
  }
  return true;
}

/**
 * Whether what is sent is answered as it should be.
 * @param {Carrier} carrier
 * @param {string[]} each
 * @param {number} within
 */
async function answers(carrier, [hubRecord, wanted], within) {
  await carrier.send(hubRecord);
  const until = performance.now() + within;
  let came = '';
  for (let next; !came.includes(wanted) && (next = await carrier.receive(until - performance.now())) !== undefined;) {
    came += next;
  }
  return came.includes(wanted);
}

/**
 * Is silent, and notes what the server sends meanwhile, the longest time without anything, and whether the connection
 * ends; if it does not, whether it still carries a call.
 * @param {Carrier} carrier
 * @param {{stay: number, within: number}} times in milliseconds
 * @returns {Promise<Values>}
 */
async function stayed(carrier, { stay, within }) {
  const start = performance.now();
  let [pings, before, silence, closed] = [0, start, 0, false];
  for (let next; (next = await carrier.receive(start + stay - performance.now())) !== undefined;) {
    silence = Math.max(silence, performance.now() - before);
    before = performance.now();
    pings += next.split(PING).length - 1;
    closed ||= next.includes(CLOSE);
  }
  const now = performance.now();
  return { 'hub.pings': pings, 'hub.closed': closed, 'hub.silence': Math.trunc(Math.max(silence, now - before)),
    ...(carrier.ended() ? { 'hub.cut': Math.trunc(now - start) }
      : { 'hub.answered': await answers(carrier, RECORDS[1], within).catch(() => false) }) };
}

/**
 * Without a negotiation, so that no instance is another one to it.
 * @param {URL} hub
 * @param {number} within
 * @returns {Promise<Carrier>}
 */
async function socket(hub, within) {
  const address = new URL(hub);
  address.protocol = hub.protocol.replace('http', 'ws');
  const session = new Session(address, []);
  await session.until(() => session.opened || session.end, within);
  if (session.opened === undefined) {
    session.close();
    throw new Error(session.end ? String(session.end.code) : 'no answer');
  }
  return { send: (hubRecord) => session.send(hubRecord), receive: async (left) => (await session.receive(left))?.text ?? undefined,
    ended: () => session.end !== undefined, close: () => session.close() };
}

/**
 * @param {URL} hub
 * @param {number} within
 * @param {Values} facts
 * @returns {Promise<Carrier>}
 */
async function events(hub, within, facts) {
  const requests = await negotiated(hub, within, facts);
  const stream = new Transfer(requests.address, { headers: { Accept: 'text/event-stream' } });
  const head = await stream.awaitHead(within);
  facts['sse.silent'] = !head && !stream.end;
  if (head?.status !== 200) {
    stream.close();
    requireOk({ status: head?.status, other: head?.headers.get('X-Connection-Token') === OTHER }, 'event stream', facts);
  }
  const decoder = new TextDecoder();
  return { send: (hubRecord) => posted(requests, hubRecord, within, facts), ended: () => stream.end !== undefined,
    close: () => stream.close(),
    receive: async (left) => {
      const piece = await stream.receive(left);
      return piece && decoder.decode(piece.bytes, { stream: true });
    } };
}

/**
 * The first poll is answered at once; a connection that is left is given up by the server after 15 s.
 * @param {URL} hub
 * @param {number} within
 * @param {Values} facts
 * @returns {Promise<Carrier>}
 */
async function polls(hub, within, facts) {
  const requests = await negotiated(hub, within, facts);
  const poll = async (/** @type {number} */ left) => requireOk(await requests.ask({}, left), 'poll', facts).text;
  await poll(within);
  return { send: (hubRecord) => posted(requests, hubRecord, within, facts), receive: poll, ended: () => false,
    close: () => {} };
}

/**
 * @param {URL} hub
 * @param {number} within
 * @param {Values} facts
 * @param {RequestCredentials} credentials
 */
async function negotiated(hub, within, facts, credentials = 'same-origin') {
  const requests = new Requests(hub, within, credentials);
  const { status, type } = await requests.negotiate();
  if (!requests.token) {
    Object.assign(facts, status ? { 'hub.status': status } : {}, type ? { 'hub.type': type } : {});
    throw new Error(status ? `negotiation: ${status}` : 'no answer');
  }
  return requests;
}

/**
 * @param {Requests} requests
 * @param {string} hubRecord
 * @param {number} within
 * @param {Values} facts
 */
async function posted(requests, hubRecord, within, facts) {
  requireOk(await requests.ask({ method: 'POST', body: hubRecord }, within), 'POST', facts);
}

/**
 * @template {{status?: number, other: boolean}} T
 * @param {T} answer
 * @param {string} of
 * @param {Values} facts
 */
function requireOk(answer, of, facts) {
  if (answer.other) {
    facts['hub.other'] = true;
  }
  if (answer.status !== 200) {
    throw new Error(`${of}: ${answer.status ?? 'no answer'}`);
  }
  return answer;
}

/** The requests of one connection. */
class Requests {

  token = '';

  #hub;

  #within;

  #credentials;

  /**
   * @param {URL} hub
   * @param {number} within
   * @param {RequestCredentials} credentials
   */
  constructor(hub, within, credentials) {
    this.#hub = hub;
    this.#within = within;
    this.#credentials = credentials;
  }

  /** Where all of them go but the negotiation. */
  get address() {
    const address = new URL(this.#hub);
    address.searchParams.set('id', this.token);
    return address;
  }

  async negotiate() {
    const answer = await this.#exchange(new URL(`${this.#hub.pathname}/negotiate?negotiateVersion=1`, this.#hub), { method: 'POST' }, this.#within);
    this.token = parsed(answer.text).connectionToken ?? '';
    return answer;
  }

  /**
   * @param {RequestInit} init
   * @param {number} within
   */
  ask(init, within) {
    return this.#exchange(this.address, init, within);
  }

  /**
   * @param {URL} address
   * @param {RequestInit} init
   * @param {number} within
   */
  async #exchange(address, init, within) {
    const transfer = new Transfer(address, { ...init, credentials: this.#credentials });
    const head = await transfer.awaitHead(within);
    const text = new TextDecoder().decode(await body(transfer, within));
    transfer.close();
    return { status: head?.status, type: head?.headers.get('Content-Type')?.split(';')[0].trim(), text,
      other: head?.headers.get('X-Connection-Token') === OTHER };
  }

}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
