// a message after a long gap, and others right behind it
const LONG_GAP = 250;
const NO_GAP = 20;

/**
 * How messages came in time.
 * @param {number[]} times when each came, in milliseconds
 * @returns {import('./table.mjs').Values}
 */
export function arrival(times) {
  const gaps = times.slice(1).map((time, i) => Math.trunc(time - times[i]));
  const facts = { 'arrival.count': times.length };
  if (gaps.length === 0) {
    return facts;
  }
  const sorted = gaps.toSorted((one, other) => one - other);
  return { ...facts, ...clumps(gaps), 'arrival.together': gaps.filter((gap) => gap <= NO_GAP).length,
    'arrival.gap.p50': sorted[Math.floor(sorted.length / 2)],
    'arrival.gap.max': sorted[sorted.length - 1] };
}

/**
 * How long messages were held on the way, if the one that came soonest was not.
 * @param {number[]} late what came how long after it was made, in milliseconds; by two clocks
 * @returns {import('./table.mjs').Values}
 */
export function held(late) {
  const sorted = late.toSorted((one, other) => one - other);
  return late.length === 0 ? {} : { 'arrival.held.p50': sorted[Math.floor(sorted.length / 2)] - sorted[0],
    'arrival.held.max': sorted[sorted.length - 1] - sorted[0] };
}

/** @param {number[]} gaps */
function clumps(gaps) {
  let [clumps, size, largest] = [0, 0, 0];
  for (const gap of gaps) {
    if (gap >= LONG_GAP) {
      size = 1;
    } else if (gap <= NO_GAP && size > 0) {
      clumps += size === 1 ? 1 : 0;
      size++;
      largest = Math.max(largest, size);
    } else {
      size = 0;
    }
  }
  return { 'arrival.clumps': clumps, 'arrival.clump.max': largest };
}
