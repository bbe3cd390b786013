import { direction, type } from './log.mjs';
import { text } from './format.mjs';

/**
 * @typedef {{text: string, regex: boolean, direction: string, type: string}} Filter
 * @typedef {(log: import('./log.mjs').Log, n: number) => boolean} Predicate
 */

/**
 * All of a filter but its regular expression, which may take long.
 * Text is found whatever its case; binary is searched as UTF-8.
 * @param {Filter} filter
 * @returns {Predicate | null} null if it filters nothing
 */
export function predicate(filter) {
  if (!filter.text && !filter.direction && !filter.type) {
    return null;
  }
  const pattern = filter.text && !filter.regex ? literally(filter.text) : null;
  return (log, n) => {
    const kind = log.kind(n);
    if ((filter.direction && direction(kind) !== filter.direction) || (filter.type && type(kind) !== filter.type)) {
      return false;
    }
    const body = pattern && log.body(n);
    return !pattern || (body !== null && pattern.test(text(body)));
  };
}

/** @param {string} searched */
function literally(searched) {
  return new RegExp(searched.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
}
