/** @typedef {import('./table.mjs').Values} Values */

const isPassed = (/** @type {Values} */ facts) => facts['probe.answered'] === true;

/**
 * Finds out up to which size messages pass: first by those that are named, each in a session of its own, and if one
 * does not by halving the interval.
 * @param {number[]} all
 * @param {number} within how long it is halved, in milliseconds
 * @param {(size: number) => Promise<Values>} probe what a session with a message of that size saw
 * @returns {Promise<Values>}
 */
export async function sizes(all, within, probe) {
  /** @type {Values} */
  let facts = {};
  let tried = 0;
  let passes = true;
  for (; passes && tried < all.length; tried++) {
    const seen = await probe(all[tried]);
    passes = isPassed(seen);
    facts = { ...facts, ...seen };
  }
  const same = passes ? tried : tried - 1;
  const found = { ...facts, 'echo.sent': tried, 'echo.same': same, ...(same > 0 ? { 'echo.largest': all[same - 1] } : {}) };
  return passes || facts['open.ok'] !== true ? found
    : { ...found, ...await halved(same > 0 ? all[same - 1] : -1, all[same], within, probe) };
}

/**
 * @param {number} largest that passed
 * @param {number} smallest that did not
 * @param {number} within
 * @param {(size: number) => Promise<Values>} probe
 * @returns {Promise<Values>}
 */
async function halved(largest, smallest, within, probe) {
  const until = performance.now() + within;
  let [passed, failed] = [largest, smallest];
  while (failed - passed > 1 && performance.now() < until) {
    const size = passed + Math.floor((failed - passed) / 2);
    const seen = await probe(size);
    if (seen['open.ok'] !== true) {
      break;
    }
    [passed, failed] = isPassed(seen) ? [size, failed] : [passed, size];
  }
  return { 'echo.failed-size': failed, ...(passed >= 0 ? { 'echo.largest': passed } : {}) };
}
