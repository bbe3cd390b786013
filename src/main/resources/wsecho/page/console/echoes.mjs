import { Kind } from './log.mjs';

const COMPARED = 4096;

/**
 * Times echoes. An echo keeps the order, so that each message answers the oldest one that
 * is unanswered; the first one that is not equal to it ends the timing.
 */
export class Echoes {
  /**
   * @param {URL} url of the session
   * @param {import('./log.mjs').Log} log
   */
  constructor(url, log) {
    this.log = log;
    /** @type {number[]} */
    this.waiting = [];
    this.answered = 0;
    this.without = reasonAgainst(url);
    this.greetings = url.pathname.endsWith('/handshake') ? 1 : 0;
  }

  /** @param {number} n the row of a message that was sent */
  sent(n) {
    if (!this.without) {
      this.waiting.push(n);
    }
  }

  /**
   * @param {number} kind
   * @param {Uint8Array} bytes of a message that was received
   * @param {number} time
   * @returns {number} the round trip in ms; NaN for none
   */
  received(kind, bytes, time) {
    if (this.without || this.greetings-- > 0 || this.answered === this.waiting.length) {
      return NaN;
    }
    const n = this.waiting[this.answered++];
    if (!this.#equal(n, kind, bytes)) {
      this.without = `message ${n + 1} was answered with something else`;
      this.waiting = [];
      return NaN;
    }
    this.#compact();
    return n < this.log.first ? NaN : time - this.log.time(n);
  }

  #compact() {
    if (this.answered > 4096 && 2 * this.answered > this.waiting.length) {
      this.waiting = this.waiting.slice(this.answered);
      this.answered = 0;
    }
  }

  // what has been dropped cannot be compared
  /**
   * @param {number} n
   * @param {number} kind
   * @param {Uint8Array} bytes
   */
  #equal(n, kind, bytes) {
    const sent = this.log.body(n, COMPARED);
    if (sent === null) {
      return true;
    }
    if (this.log.kind(n) - Kind.SENT_TEXT !== kind - Kind.RECEIVED_TEXT) {
      return false;
    }
    return this.log.size(n) === bytes.length && sent.every((byte, at) => byte === bytes[at]);
  }
}

/** @param {URL} url */
function reasonAgainst(url) {
  const parameter = ['delay', 'messages'].find((name) => url.searchParams.has(name));
  if (parameter) {
    return `${parameter} is set`;
  }
  return /\/websocket\/(push|close|refuse)\b/.test(url.pathname) ? 'this path does not echo' : '';
}
