const KEPT = 600;
// eight steps for each doubling, from 1 µs: within 9 %
const STEPS = 8;

/** Counts and round trips of each of the last seconds. */
export class Seconds {
  constructor() {
    /** @type {{second: number, sent: number, received: number, rtts: number, sum: number, most: number}[]} */
    this.all = [];
    this.rtts = 0;
    this.least = Infinity;
    this.most = 0;
    this.buckets = new Uint32Array(STEPS * 40);
  }

  clear() {
    Object.assign(this, new Seconds());
  }

  /** @param {number} time in ms */
  #at(time) {
    const second = Math.floor(time / 1000);
    const last = this.all.at(-1);
    if (last && last.second >= second) {
      return last;
    }
    for (let each = Math.max(last ? last.second + 1 : second, second - KEPT + 1); each <= second; each++) {
      this.all.push({ second: each, sent: 0, received: 0, rtts: 0, sum: 0, most: 0 });
    }
    this.all.splice(0, this.all.length - KEPT);
    return this.all[this.all.length - 1];
  }

  /** @param {number} time */
  tick(time) {
    if (this.all.length) {
      this.#at(time);
    }
  }

  /** @param {number} time */
  sent(time) {
    this.#at(time).sent++;
  }

  /**
   * @param {number} time
   * @param {number} rtt in ms; NaN for none
   */
  received(time, rtt) {
    const second = this.#at(time);
    second.received++;
    if (Number.isNaN(rtt)) {
      return;
    }
    second.rtts++;
    second.sum += rtt;
    second.most = Math.max(second.most, rtt);
    this.rtts++;
    this.least = Math.min(this.least, rtt);
    this.most = Math.max(this.most, rtt);
    const step = Math.round(STEPS * Math.log2(Math.max(1, 1000 * rtt)));
    this.buckets[Math.min(step, this.buckets.length - 1)]++;
  }

  /**
   * @param {number} share from 0 to 1
   * @returns {number} the round trip that so many did not exceed, in ms
   */
  quantile(share) {
    let left = share * this.rtts;
    const step = this.buckets.findIndex((count) => (left -= count) <= 0);
    return Math.max(this.least, Math.min(this.most, 2 ** (step / STEPS) / 1000));
  }
}
