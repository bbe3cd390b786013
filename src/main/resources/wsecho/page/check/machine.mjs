// the clocks differ by less, and a busy machine runs a timer earlier
const CLOCKS = 2000;
const LATE = 5000;
const TICK = 1000;

/**
 * Whether this machine, or this browser, was there all the time: a browser that is stopped, a tab that is
 * frozen and a lid that is closed look to a session like a path that fails.
 */
export class Machine {

  #ticked = performance.now();

  #stopped = -Infinity;

  #offline = -Infinity;

  constructor() {
    setInterval(() => this.#tick(), TICK);
    addEventListener('offline', () => this.#offline = performance.now());
  }

  #tick() {
    const now = performance.now();
    if (now - this.#ticked > LATE) {
      this.#stopped = now;
    }
    this.#ticked = now;
  }

  /**
   * Begins to watch.
   * @returns {() => import('./table.mjs').Values} tells what has been since
   */
  watch() {
    const [since, wall] = [performance.now(), Date.now()];
    return () => {
      this.#tick();
      const drift = Math.abs(Date.now() - wall - (performance.now() - since));
      return {
        'machine.slept': this.#stopped >= since || drift > CLOCKS,
        'machine.offline': this.#offline >= since || !navigator.onLine,
      };
    };
  }

}
