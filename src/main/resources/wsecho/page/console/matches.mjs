import { text } from './format.mjs';

const ASKED_BYTES = 2 ** 20;

/** Finds the rows that a filter matches, a little at a time. */
export class Matches {
  /** @param {import('./log.mjs').Log} log */
  constructor(log) {
    this.log = log;
    /** @type {import('./filter.mjs').Predicate | null} */
    this.predicate = null;
    /** @type {import('./expression.mjs').Expression | null} */
    this.expression = null;
    this.numbers = new Uint32Array(1024);
    this.begin = 0;
    this.end = 0;
    this.next = 0;
  }

  /**
   * @param {import('./filter.mjs').Predicate | null} predicate
   * @param {import('./expression.mjs').Expression | null} expression which the rows of the predicate have to match too
   */
  set(predicate, expression = null) {
    this.expression?.end();
    this.predicate = predicate;
    this.expression = expression;
    this.clear();
  }

  /** Of the rows that are in the log now, all are looked at again. */
  clear() {
    this.begin = this.end = 0;
    this.next = this.log.first;
  }

  get count() {
    return this.end - this.begin;
  }

  /**
   * Goes on until it is done, or it is too late.
   * @param {number} deadline by the monotonic clock
   * @returns {boolean} whether it is done
   */
  step(deadline) {
    if (this.predicate === null) {
      return true;
    }
    this.#dropOld();
    if (this.expression) {
      this.#ask(this.expression, deadline);
    } else {
      this.#find(deadline, (n) => this.#add(n));
    }
    return this.next === this.log.end && !this.expression?.busy;
  }

  /**
   * @param {number} deadline
   * @param {(n: number) => void} found
   * @param {() => boolean} enough
   */
  #find(deadline, found, enough = () => false) {
    while (this.next < this.log.end) {
      if (/** @type {import('./filter.mjs').Predicate} */ (this.predicate)(this.log, this.next)) {
        found(this.next);
      }
      this.next++;
      if (performance.now() >= deadline || enough()) {
        break;
      }
    }
  }

  /**
   * @param {import('./expression.mjs').Expression} expression
   * @param {number} deadline
   */
  #ask(expression, deadline) {
    if (expression.busy) {
      return;
    }
    /** @type {number[]} */
    const rows = [];
    /** @type {string[]} */
    const texts = [];
    let bytes = 0;
    this.#find(deadline, (n) => {
      const body = this.log.body(n);
      if (body !== null) {
        rows.push(n);
        texts.push(text(body));
        bytes += body.length;
      }
    }, () => bytes >= ASKED_BYTES);
    if (rows.length) {
      expression.test(texts, (hits) => rows.filter((_, at) => hits[at]).forEach((n) => this.#add(n)));
    }
  }

  #dropOld() {
    this.next = Math.max(this.next, this.log.first);
    while (this.begin < this.end && this.numbers[this.begin] < this.log.first) {
      this.begin++;
    }
  }

  /** @param {number} n */
  #add(n) {
    if (this.end === this.numbers.length) {
      const kept = this.numbers.subarray(this.begin, this.end);
      const room = kept.length > this.numbers.length / 2 ? 2 * this.numbers.length : this.numbers.length;
      const moved = new Uint32Array(room);
      moved.set(kept);
      this.numbers = moved;
      this.begin = 0;
      this.end = kept.length;
    }
    this.numbers[this.end++] = n;
  }

  /** @param {number} index */
  at(index) {
    return this.numbers[this.begin + index];
  }

  /**
   * @param {number} n
   * @returns {number} the index of the first match that is not before n
   */
  indexFrom(n) {
    let low = this.begin;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.numbers[middle] < n) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - this.begin;
  }

  /** @param {number} n */
  has(n) {
    const index = this.indexFrom(n);
    return index < this.count && this.at(index) === n;
  }
}
