const MOST_WAITING_BYTES = 2 ** 20;
const MOST_WAITING_MESSAGES = 10_000;
const SLICE_MILLIS = 5;

/** Numbered messages, and what became of their echoes. */
export class Soak {
  /**
   * @param {number} size of a message in characters, at least that of its number
   * @param {string} name of the run, so that echoes of another one are not counted
   */
  constructor(size, name) {
    this.size = size;
    this.prefix = `soak ${name} `;
    this.padding = '.'.repeat(size);
    this.sent = 0;
    this.expected = 0;
    this.correct = 0;
    this.mismatched = 0;
    this.outOfOrder = 0;
    this.repeated = 0;
    /** Numbers that were passed over, and may still come. @type {Set<number>} */
    this.missing = new Set();
  }

  /** @param {number} number */
  #message(number) {
    const head = `${this.prefix}${number} `;
    return head + this.padding.slice(head.length);
  }

  next() {
    return this.#message(this.sent++);
  }

  // an echo that is altered still takes the place of the one that it was
  /**
   * @param {unknown} data
   * @param {boolean} echo whether it is equal to the oldest message that was unanswered
   */
  received(data, echo = false) {
    const ours = typeof data === 'string' && data.startsWith(this.prefix);
    const number = ours ? parseInt(data.slice(this.prefix.length), 10) : NaN;
    if (!ours && echo) {
      return;
    }
    if (!(number < this.sent) || data !== this.#message(number)) {
      this.mismatched++;
    } else if (number >= this.expected) {
      for (let passed = this.expected; passed < number; passed++) {
        this.missing.add(passed);
      }
      this.expected = number + 1;
      this.correct++;
    } else if (this.missing.delete(number)) {
      this.outOfOrder++;
    } else {
      this.repeated++;
    }
  }

  get answered() {
    return this.correct + this.outOfOrder + this.mismatched;
  }

  /** Echoes that have not come: lost, once the session has ended. */
  get waiting() {
    return Math.max(0, this.sent - this.answered);
  }
}

/** Sends at a rate, or as fast as the session takes it, without holding up the page. */
export class Sender {
  /**
   * @param {Soak} soak
   * @param {number} rate messages a second; 0 for as many as possible
   * @param {number} count after which it ends; 0 for none
   * @param {(message: string) => void} send
   * @param {() => number} waitingBytes
   */
  constructor(soak, rate, count, send, waitingBytes) {
    this.soak = soak;
    this.rate = rate;
    this.count = count || Infinity;
    this.send = send;
    this.waitingBytes = waitingBytes;
    this.began = performance.now();
    this.skipped = 0;
    this.running = true;
    this.channel = new MessageChannel();
    this.channel.port1.onmessage = () => this.#slice();
    this.#slice();
  }

  stop() {
    this.running = false;
    this.channel.port1.close();
  }

  #slice() {
    if (!this.running) {
      return;
    }
    const until = performance.now() + SLICE_MILLIS;
    let due = this.#due();
    while (due > 0 && this.#mayGoOn() && performance.now() < until) {
      due--;
      this.send(this.soak.next());
    }
    if (this.soak.sent >= this.count) {
      this.stop();
    } else if (due > 0 && this.#mayGoOn()) {
      // not held back as a timer is, and the echoes have their turn
      this.channel.port2.postMessage(null);
    } else {
      setTimeout(() => this.#slice(), 4);
    }
  }

  // a second's worth at most: what a hidden page or a full connection has missed is not made up for
  #due() {
    if (!this.rate) {
      return Infinity;
    }
    const elapsed = (performance.now() - this.began) / 1000;
    const due = Math.floor(elapsed * this.rate) - this.soak.sent - this.skipped;
    const skipped = Math.max(0, due - this.rate);
    this.skipped += skipped;
    return due - skipped;
  }

  #mayGoOn() {
    return this.soak.sent < this.count && this.waitingBytes() < MOST_WAITING_BYTES
      && this.soak.waiting < MOST_WAITING_MESSAGES;
  }
}
