/** Something that changes, for which others wait. */
export class Changes {

  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {() => void} change */
  changed(change) {
    change();
    this.#waiting.forEach((look) => look());
  }

  /**
   * Waits until something holds, or the time is over.
   * @param {() => unknown} holds
   * @param {number} within in milliseconds
   * @returns {Promise<void>}
   */
  until(holds, within) {
    if (holds() || within <= 0) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const look = () => holds() && done();
      const timer = setTimeout(done, within);
      this.#waiting.add(look);
    });
  }

}
