/**
 * What is asked of the server over plain HTTP.
 *
 * @typedef {import('./table.mjs').Value} Value
 * @typedef {import('./table.mjs').Values} Values
 */
import { millis } from './table.mjs';

// a browser may ask on a connection whose end it was not told; it keeps up to six, and then opens another one
const PATIENCE = [1000, 1000, 1000, 1000, 1000, 1000, 5000];

// of a question to a server that did not answer one so often asked
const LITTLE_PATIENCE = [1000];

// what a browser reads of an answer, however long it is
const MAX_BODY = 256 * 1024;

const UNKNOWN = 404;

// an instance answers so for the sessions of others; on a new connection another may answer
const MISDIRECTED = 421;
const MAX_MISDIRECTED = 10;

const MAX_AWAY = 3;
const PAUSES = [0, 300, 700, 2000, 7000, 15_000, 25_000];

// with k instances, that one is never reached by 8k requests has a probability below 0.5 %
const ASKED_EACH = 8;
const MOST_PODS = 3;

const sleep = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));

/** @type {(value: unknown) => string} */
const text = (value) => typeof value === 'string' ? value : '';

/** @type {(value: unknown) => Value | null} */
const value = (one) => typeof one === 'string' || typeof one === 'number' ? one : null;

/** @type {(value: unknown) => number} */
const number = (value) => typeof value === 'number' ? Math.trunc(value) : 0;

/**
 * An answer to a GET; its JSON is an empty object if it is none.
 * @param {URL} address
 * @param {number} within in milliseconds
 * @returns {Promise<{status: number, server: string | null, json: any}>}
 */
export async function ask(address, within = 5000) {
  const signal = AbortSignal.timeout(within);
  const response = await fetch(address, { cache: 'no-store', credentials: 'same-origin', redirect: 'manual', signal });
  if (response.type === 'opaqueredirect') {
    throw new Error('a redirect, which leads elsewhere');
  }
  return { status: response.status, server: response.headers.get('Server'), json: parsed(await beginning(response)) };
}

/** No answer in time. Its message says how patient the question was. */
class Silence extends Error {}

/**
 * Asks the server what it saw. One that did not answer in time is asked with little patience until it answers, since
 * each of the checks would wait as long.
 */
export class Ledger {

  /** Whether the last question got no answer in time. */
  isSilent = false;

  /**
   * Asks, more than once if nothing answers.
   * @param {URL} address
   */
  async ask(address) {
    const briefly = this.isSilent;
    /** @type {any} */
    let failure;
    for (const within of briefly ? LITTLE_PATIENCE : PATIENCE) {
      try {
        const answer = await ask(address, within);
        this.isSilent = false;
        return answer;
      } catch (thrown) {
        failure = thrown;
      }
      // questions are asked side by side
      if (this.isSilent && !briefly) {
        break;
      }
    }
    if (failure?.name !== 'TimeoutError') {
      throw failure;
    }
    this.isSilent = true;
    throw new Silence(briefly ? 'silent, and asked briefly' : 'silent');
  }

}

/** @param {Response} response */
async function beginning(response) {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let body = '';
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    body += decoder.decode(next.value, { stream: true });
    if (body.length > MAX_BODY) {
      await reader?.cancel();
      break;
    }
  }
  return body;
}

/** @param {string} body */
function parsed(body) {
  try {
    const json = JSON.parse(body);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

/** Asks, and notes the answers as facts. */
export class Server {

  #base;

  #ledger;

  #facts;

  /** What it told of a session's ends. @type {{start: string, end: Record<string, Value | null> | null} | undefined} */
  report;

  /**
   * @param {{base: URL, ledger: Ledger}} surroundings the root of the service, and what is asked there
   * @param {Values} facts
   */
  constructor({ base, ledger }, facts) {
    this.#base = base;
    this.#ledger = ledger;
    this.#facts = facts;
  }

  /** @param {{path: string, as: string, within: string, take?: Record<string, string>}} step */
  async get({ path, as, within, take = {} }) {
    const start = performance.now();
    try {
      const { status, server, json } = await ask(new URL(path, this.#base), millis(within));
      this.#put(`${as}.status`, status);
      this.#put(`${as}.server`, server ?? undefined);
      this.#put(`${as}.ms`, Math.trunc(performance.now() - start));
      for (const [fact, pointer] of Object.entries(take)) {
        const value = pointer.split('/').slice(1).reduce((node, name) => node?.[name], json);
        this.#put(fact, typeof value === 'string' ? value : undefined);
      }
    } catch (failure) {
      this.#put(`${as}.failure`, failure instanceof Error ? failure.message : String(failure));
    }
  }

  /**
   * Asks what of a handshake arrived, until an instance has seen it or none that there may be has.
   * @param {string} attempt
   * @param {number} within in milliseconds
   */
  async askOfAttempt(attempt, within) {
    const until = performance.now() + within;
    const pods = new Set();
    const enough = () => ASKED_EACH * Math.min(Math.max(pods.size, 1), MOST_PODS);
    let asked = 0;
    for (; asked < enough() && performance.now() < until; asked++) {
      const { json } = await this.#ledger.ask(new URL(`attempts/${attempt}`, this.#base)).catch((failure) => {
        this.#put('server.state', failure instanceof Silence ? failure.message : undefined);
        return { json: /** @type {any} */ ({}) };
      });
      if (json.attempt === attempt) {
        this.#tellOfAttempt(json);
        return;
      }
      if (typeof json.pod !== 'string') {
        return;
      }
      pods.add(json.pod);
      this.#put('server.attempt.pods', pods.size);
    }
    if (asked >= ASKED_EACH * pods.size) {
      this.#put('server.attempts', 0);
    }
  }

  // of several arrivals the last is the one whose answer the client may have got
  #tellOfAttempt(/** @type {any} */ report) {
    this.#put('server.attempts', number(report.count));
    const arrivals = Array.isArray(report.arrivals) ? report.arrivals : [];
    for (const [name, value] of Object.entries(arrivals.at(-1) ?? {})) {
      if (value !== null) {
        this.#put(`server.attempt.${name}`, typeof value === 'number' ? Math.trunc(value) : text(value));
      }
    }
    this.#put('server.session', this.#facts['server.attempt.session']);
  }

  /**
   * Asks how a session ended, until the server knows.
   * @param {string} id
   * @param {number} within in milliseconds
   */
  async askOfSession(id, within) {
    const start = performance.now();
    let again = true;
    for (let attempt = 0; again && attempt < PAUSES.length; attempt++) {
      await sleep(PAUSES[attempt]);
      const status = await this.#askInstances(id);
      const away = ![200, UNKNOWN, MISDIRECTED].includes(status) && attempt < MAX_AWAY && !this.#ledger.isSilent;
      again = (this.#facts['server.open'] === true || away) && performance.now() - start < within;
    }
  }

  /** @param {string} id */
  async #askInstances(id) {
    let status = await this.#askOnce(id);
    for (let asked = 1; status === MISDIRECTED && asked < MAX_MISDIRECTED; asked++) {
      status = await this.#askOnce(id);
    }
    return status;
  }

  /** @param {string} id */
  async #askOnce(id) {
    delete this.#facts['server.open'];
    try {
      const { status, json } = await this.#ledger.ask(new URL(`sessions/${encodeURIComponent(id)}`, this.#base));
      const found = status === 200 && json.id === id;
      this.#put('server.state', found ? 'found' : state(status));
      if (found) {
        this.#tellOfSession(json);
      }
      return status;
    } catch (failure) {
      this.#put('server.state', failure instanceof Silence ? failure.message : 'unreachable');
      return 0;
    }
  }

  #tellOfSession(/** @type {any} */ report) {
    const { by, how, code, reason, time } = report.end ?? {};
    const end = { by: value(by), how: value(how), code: value(code), reason: value(reason), time: value(time) };
    this.report = { start: text(report.start), end: report.end === null ? null : end };
    this.#put('server.open', report.end === null);
    this.#put('server.received.messages', number(report.received?.messages));
    this.#put('server.received.bytes', number(report.received?.bytes));
    if (typeof report.end === 'object' && report.end !== null) {
      this.#put('server.end.by', text(report.end.by));
      this.#put('server.end.how', text(report.end.how));
      const after = Date.parse(text(report.end.time)) - Date.parse(text(report.start));
      this.#put('server.end.after', Number.isFinite(after) ? after : undefined);
      this.#put('server.end.code', number(report.end.code));
      this.#put('server.end.reason', text(report.end.reason));
    }
  }

  /**
   * @param {string} name
   * @param {import('./table.mjs').Value | undefined} value
   */
  #put(name, value) {
    if (value !== undefined) {
      this.#facts[name] = value;
    }
  }

}

/** @param {number} status */
function state(status) {
  return status === UNKNOWN ? 'unknown' : status === MISDIRECTED ? 'elsewhere' : 'unreachable';
}
