/**
 * Results in words and as JSON, of the form that the command line has.
 *
 * @typedef {import('./runner.mjs').Result} Result
 * @typedef {import('./table.mjs').Check} Check
 * @typedef {{version: string, target: string, started: Date, isComplete: boolean, results: Result[], checks: Check[]}} Report
 */
import { VERDICTS } from './table.mjs';

const MARKS = { 'pass': 'ok', 'not run': '-', "can't tell": '?', 'changed': 'CHANGED', 'failed': 'FAILED' };

const INDENT = ' '.repeat(8);

/** Where its article is. @param {string} id */
export function article(id) {
  return `src/main/docs/checks.md#${id}`;
}

/** Whether something is to be explained. @param {Result} result */
export function needsExplaining({ verdict }) {
  return verdict !== 'pass' && verdict !== 'not run';
}

/** @param {Result[]} results */
export function counts(results) {
  const count = (/** @type {string} */ verdict) => results.filter((one) => one.verdict === verdict).length;
  return VERDICTS.filter((verdict) => count(verdict) > 0).map((verdict) => `${count(verdict)} ${verdict}`).join(', ');
}

/** Those that need explaining. @param {Result[]} results */
export function worstFirst(results) {
  const rank = (/** @type {Result} */ result) => VERDICTS.indexOf(result.verdict);
  return results.filter(needsExplaining).toSorted((one, other) => rank(other) - rank(one));
}

/** Counts, and the one check to look at first. @param {Result[]} results */
export function summary(results) {
  const [first] = worstFirst(results);
  return `${results.length} checks: ${counts(results)}.${first ? ` Look first at ${first.id}.` : ''}`;
}

/** What to set, one text. @param {Result} result */
function setting({ set }) {
  return Object.entries(set).map(([product, text]) => product === 'any' ? text : `${product}: ${text}`).join(' | ');
}

/**
 * The document that check --json prints.
 * @param {Report} report
 */
export function asJson({ version, target, started, isComplete, results, checks }) {
  const rows = results.map((result) => {
    const { group, matters } = /** @type {Check} */ (checks.find(({ id }) => id === result.id));
    return { id: result.id, group, verdict: result.verdict, text: result.text, why: matters,
      set: setting(result) || undefined, article: article(result.id), millis: result.millis, facts: result.facts };
  });
  const document = { version: 1, wsecho: version, browser: navigator.userAgent, target, started: started.toISOString(),
    complete: isComplete, checks: rows };
  return JSON.stringify(document, null, 2);
}

/**
 * The text that check prints.
 * @param {Report} report
 */
export function asText({ version, target, started, isComplete, results, checks }) {
  const lines = results.flatMap((result) => {
    const first = `${MARKS[result.verdict].padEnd(INDENT.length)}${result.id}: ${result.text}`;
    const why = checks.find(({ id }) => id === result.id)?.matters;
    const set = setting(result);
    return needsExplaining(result) ? [first, `${INDENT}why: ${why}`, ...(set ? [`${INDENT}set: ${set}`] : []),
      `${INDENT}see: ${article(result.id)}`] : [first];
  });
  return [`wsecho ${version} checks the path to ${target} from a browser, ${started.toISOString()}`,
    `${INDENT}${navigator.userAgent}`, ...lines, ...(isComplete ? [] : ['Interrupted.']), summary(results), ''].join('\n');
}
