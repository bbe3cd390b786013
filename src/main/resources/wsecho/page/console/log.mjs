import { Ring } from './ring.mjs';

/** Even ones are text, odd ones binary; half of it is the direction. */
export const Kind = { EVENT: 0, ERROR: 1, SENT_TEXT: 2, SENT_BINARY: 3, RECEIVED_TEXT: 4, RECEIVED_BINARY: 5 };

const DIRECTIONS = ['event', 'sent', 'received'];
const FIRST_ROWS = 1024;
const encoder = new TextEncoder();

/** @param {number} kind */
export function direction(kind) {
  return DIRECTIONS[kind >> 1];
}

/** @param {number} kind */
export function type(kind) {
  return kind < Kind.SENT_TEXT ? (kind === Kind.ERROR ? 'error' : 'event') : (kind & 1 ? 'binary' : 'text');
}

/** The last messages and events, by their numbers from 0; the oldest are dropped first. */
export class Log {
  // 2^19 rows of 24 px are 12.6 million px: Firefox ends an element at 17.9 million
  /**
   * @param {number} rows the most that are kept, a power of two
   * @param {number} bytes the most bytes of bodies that are kept
   */
  constructor(rows = 2 ** 19, bytes = 2 ** 26) {
    this.rows = rows;
    this.bodyLimit = bytes / 4;
    this.ring = new Ring(bytes);
    this.first = 0;
    this.end = 0;
    this.droppedRows = 0;
    this.errors = 0;
    this.cut = 0;
    this.firstBody = 0;
    this.kinds = new Uint8Array(FIRST_ROWS);
    this.times = new Float64Array(FIRST_ROWS);
    this.sizes = new Float64Array(FIRST_ROWS);
    this.offsets = new Float64Array(FIRST_ROWS);
    this.rtts = new Float32Array(FIRST_ROWS);
  }

  /**
   * @param {number} kind
   * @param {Uint8Array} bytes
   * @param {number} time in ms since 1970
   * @param {number} rtt in ms; NaN for none
   * @returns {number} the number of the row
   */
  add(kind, bytes, time = now(), rtt = NaN) {
    if (this.end - this.first === this.kinds.length) {
      this.#makeRoom();
    }
    const at = this.end & (this.kinds.length - 1);
    this.kinds[at] = kind;
    this.times[at] = time;
    this.sizes[at] = bytes.length;
    this.rtts[at] = rtt;
    this.offsets[at] = this.ring.put(bytes.subarray(0, this.bodyLimit));
    this.errors += Number(kind === Kind.ERROR);
    this.cut += Number(bytes.length > this.bodyLimit);
    return this.end++;
  }

  /**
   * @param {string} text of an event
   * @param {number} kind
   */
  note(text, kind = Kind.EVENT) {
    return this.add(kind, encode(text));
  }

  #makeRoom() {
    const length = this.kinds.length;
    if (length >= this.rows) {
      this.first++;
      this.droppedRows++;
      return;
    }
    for (const column of /** @type {const} */ (['kinds', 'times', 'sizes', 'offsets', 'rtts'])) {
      const old = this[column];
      const longer = new (/** @type {any} */ (old.constructor))(2 * length);
      for (let n = this.first; n < this.end; n++) {
        longer[n & (2 * length - 1)] = old[n & (length - 1)];
      }
      /** @type {any} */ (this)[column] = longer;
    }
  }

  /** @param {number} n */
  kind(n) {
    return this.kinds[n & (this.kinds.length - 1)];
  }

  /** @param {number} n */
  time(n) {
    return this.times[n & (this.kinds.length - 1)];
  }

  /** @param {number} n */
  size(n) {
    return this.sizes[n & (this.kinds.length - 1)];
  }

  /** @param {number} n */
  rtt(n) {
    return this.rtts[n & (this.kinds.length - 1)];
  }

  /**
   * What is kept of a body.
   * @param {number} n
   * @param {number} most bytes wanted, from its beginning
   * @returns {Uint8Array | null} null if it has been dropped
   */
  body(n, most = this.bodyLimit) {
    if (n < this.first || n >= this.end) {
      return null;
    }
    const offset = this.offsets[n & (this.kinds.length - 1)];
    return this.ring.get(offset, Math.min(this.size(n), this.bodyLimit, most));
  }

  /** Of how many rows that are kept the body has been dropped: the first ones. */
  get droppedBodies() {
    this.firstBody = Math.max(this.firstBody, this.first);
    while (this.firstBody < this.end && this.body(this.firstBody, 0) === null) {
      this.firstBody++;
    }
    return this.firstBody - this.first;
  }

  // numbers go on, so that a row that is gone is never taken for another
  clear() {
    this.first = this.end;
    this.droppedRows = 0;
    this.errors = 0;
    this.cut = 0;
  }
}

/** @param {string} text */
export function encode(text) {
  return encoder.encode(text);
}

/** In ms since 1970, with the resolution of the monotonic clock. */
export function now() {
  return performance.timeOrigin + performance.now();
}
