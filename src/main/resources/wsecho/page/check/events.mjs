import { arrival, held } from './arrival.mjs';

const MAX_EVENTS = 10_000;
const TICK = 20;
const MAX_LINE = 64 * 1024;
const DATA = 'data:';

/**
 * Reads the events of a stream, each of which is one line of data: until there are enough, or the time is over; or
 * the next one does not come in time, or the stream ends.
 * @param {import('./transfer.mjs').Transfer} transfer
 * @param {{as: string, count?: number, time: number, pause: number}} limits times in milliseconds
 * @returns {Promise<import('./table.mjs').Values>}
 */
export async function events(transfer, { as, count = MAX_EVENTS, time, pause }) {
  const until = performance.now() + time;
  const reader = new Reader();
  const late = lateness();
  let came = true;
  while (came && reader.came.length < count && performance.now() < until) {
    came = await next(transfer, reader, performance.now() + pause);
  }
  return { 'probe.answered': came, 'machine.late': late(), ...reader.facts(transfer, as), ...ended(transfer) };
}

/**
 * Watches how late this browser is with what it has to do.
 * @returns {() => number} ends it, and tells the longest, in milliseconds
 */
function lateness() {
  let [ticked, longest] = [performance.now(), 0];
  const tick = () => {
    const now = performance.now();
    [ticked, longest] = [now, Math.max(longest, now - ticked - TICK)];
  };
  const ticker = setInterval(tick, TICK);
  return () => {
    tick();
    clearInterval(ticker);
    return Math.trunc(longest);
  };
}

/**
 * @param {import('./transfer.mjs').Transfer} transfer
 * @param {Reader} reader
 * @param {number} until
 */
async function next(transfer, reader, until) {
  const before = reader.came.length;
  while (reader.came.length === before) {
    const piece = await transfer.receive(until - performance.now());
    if (!piece) {
      return false;
    }
    reader.received(piece);
  }
  return true;
}

/**
 * @param {import('./transfer.mjs').Transfer} transfer
 * @returns {import('./table.mjs').Values}
 */
function ended({ end, headed }) {
  return end ? { 'end.how': end.how, 'end.after': Math.trunc(end.at - headed) } : {};
}

class Reader {

  /** When each came. @type {number[]} */
  came = [];

  /** How long after it was made each came, by two clocks. @type {number[]} */
  #late = [];

  #line = '';

  #decoder = new TextDecoder();

  /** @param {import('./transfer.mjs').Piece} piece */
  received({ bytes, at }) {
    const lines = (this.#line + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#line = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines.filter((one) => one.startsWith(DATA)).slice(0, MAX_EVENTS - this.came.length)) {
      this.came.push(at);
      const made = madeAt(line.slice(DATA.length));
      if (Number.isFinite(made)) {
        this.#late.push(Math.trunc(at) - made);
      }
    }
  }

  /**
   * @param {import('./transfer.mjs').Transfer} transfer
   * @param {string} as
   * @returns {import('./table.mjs').Values}
   */
  facts({ began }, as) {
    const [first, last] = [this.came[0], this.came[this.came.length - 1]];
    return {
      [`${as}.count`]: this.came.length,
      ...(this.came.length > 0 ? { [`${as}.first.ms`]: Math.trunc(first - began),
        [`${as}.last.ms`]: Math.trunc(last - began), [`${as}.spread`]: Math.trunc(last - first) } : {}),
      ...arrival(this.came),
      ...held(this.#late),
    };
  }

}

/** When the server made it, by its own clock. @param {string} data */
function madeAt(data) {
  try {
    return Date.parse(JSON.parse(data).time);
  } catch {
    return NaN;
  }
}
