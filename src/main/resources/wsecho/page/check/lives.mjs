/**
 * What several sessions that do the same have come to.
 *
 * @typedef {import('./table.mjs').Values} Values
 * @typedef {{began: number, facts: Values}} Life a session, and when its handshake began, in milliseconds
 */

const isOpened = (/** @type {Life} */ { facts }) => facts['open.ok'] === true;
const isCut = (/** @type {Life} */ life) => isOpened(life) && 'end.how' in life.facts;
const isAlive = (/** @type {Life} */ life) => isOpened(life) && !isCut(life) && life.facts['probe.answered'] === true;
const isWitnessed = (/** @type {Life} */ { facts }) => facts['server.state'] === 'found';
const isDead = (/** @type {Life} */ life) => isOpened(life) && !isCut(life) && !isAlive(life);
const after = (/** @type {Life} */ { facts }) => Number(facts['end.after'] ?? 0);
const ended = (/** @type {Life} */ life) => life.began + Number(life.facts['open.ms'] ?? 0) + after(life);

/**
 * What all have come to, and what one saw of those that show most.
 * @param {Life[]} all
 * @returns {Values}
 */
export function lives(all) {
  const cut = all.filter(isCut);
  const dead = all.filter(isDead);
  const shown = [...dead, ...cut.filter(isWitnessed), ...cut, ...all.filter((life) => !isOpened(life)), ...all][0];
  return {
    ...shown?.facts,
    ...machine(all),
    'lives.tried': all.length,
    'lives.count': all.filter(isOpened).length,
    'lives.alive': all.filter(isAlive).length,
    'lives.dead': dead.length,
    'lives.cut': cut.length,
    ...(cut.length > 0 ? cuts(cut) : {}),
  };
}

/** @param {Life[]} all */
function machine(all) {
  const names = ['machine.slept', 'machine.offline'];
  return Object.fromEntries(names.map((name) => [name, all.some(({ facts }) => facts[name] === true)]));
}

/** @param {Life[]} cut */
function cuts(cut) {
  const times = cut.map(after);
  const ends = cut.map(ended);
  return {
    'lives.cut.min': Math.min(...times),
    'lives.cut.max': Math.max(...times),
    'lives.spread': Math.max(...times) - Math.min(...times),
    'lives.end.spread': Math.max(...ends) - Math.min(...ends),
  };
}
