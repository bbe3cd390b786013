/**
 * The table of results, which fills as the checks run.
 *
 * @typedef {import('./runner.mjs').Result} Result
 * @typedef {import('./table.mjs').Check} Check
 * @typedef {import('./script.mjs').View} View
 */
import { byId, element } from '../dom.mjs';
import { bothEnds } from '../ledger.mjs';
import { article, counts, needsExplaining } from './export.mjs';
import { products } from './products.mjs';

/** A shape for each verdict, since colour is not for all. */
const SHAPES = { 'pass': '✓', 'not run': '–', "can't tell": '?', 'changed': '△', 'failed': '✕', 'running': '…', 'waiting': '·' };

export class Results {

  /** Those that there are, in the order in which they came. @type {Result[]} */
  #results = [];

  /** @type {Map<string, HTMLTableRowElement>} */
  #rows = new Map();

  /** The ids of checks that have begun. @type {string[]} */
  running = [];

  /** @type {string[]} */
  #products = [];

  #base;

  /**
   * @param {import('./table.mjs').Table} table
   * @param {URL} base
   */
  constructor(table, base) {
    this.table = table;
    this.#base = base;
    const groups = [...new Set(table.checks.map((check) => check.group))];
    const results = /** @type {HTMLTableElement} */ (byId('check-results'));
    results.hidden = false;
    [...results.tBodies].forEach((body) => body.remove());
    results.append(...groups.map((group) => this.#group(group)));
  }

  /** @param {string} group */
  #group(group) {
    const heading = element('tr', {}, element('th', { scope: 'rowgroup', colspan: '2', class: 'group' }, group));
    const rows = this.table.checks.filter((check) => check.group === group).map((check) => {
      const row = element('tr', { id: `check-${check.id}` });
      this.#rows.set(check.id, row);
      this.#fill(check, 'waiting');
      return row;
    });
    return element('tbody', {}, heading, ...rows);
  }

  /**
   * @param {Check} check
   * @param {keyof typeof SHAPES} verdict
   * @param {Node[]} more
   */
  #fill(check, verdict, ...more) {
    const shape = element('span', { 'aria-hidden': 'true' }, `${SHAPES[verdict]} `);
    const word = element('span', { class: `verdict ${verdict.replace(/\W+/g, '-')}` }, shape, verdict);
    const name = element('th', { scope: 'row' }, word, element('br'), element('code', {}, check.id));
    const seen = element('td', {}, element('p', { class: 'asks' }, check.asks), ...more);
    this.#rows.get(check.id)?.replaceChildren(name, seen);
  }

  get total() {
    return this.table.checks.length;
  }

  /** In the order of the table. */
  get all() {
    const order = this.table.checks.map(({ id }) => id);
    return this.#results.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  }

  get views() {
    return this.#results.flatMap((result) => result.views);
  }

  /** The version of the server, if it told one. */
  get version() {
    return this.#results.flatMap(({ facts }) => facts).map((facts) => facts['api.version']).find((version) => version)?.toString();
  }

  /** @param {string} id */
  #check(id) {
    return /** @type {Check} */ (this.table.checks.find((check) => check.id === id));
  }

  /** @param {string} id */
  began(id) {
    this.running.push(id);
    this.#fill(this.#check(id), 'running');
  }

  /**
   * @param {Result} result
   * @returns {string | undefined} a sentence, if a group has ended with it
   */
  ended(result) {
    this.running = this.running.filter((id) => id !== result.id);
    this.#results.push(result);
    this.#products = [...new Set([...this.#products, ...products(result.signs)])];
    const check = this.#check(result.id);
    this.#fill(check, result.verdict, ...this.#told(check, result));
    const inGroup = this.table.checks.filter(({ group }) => group === check.group).map(({ id }) => id);
    const ended = this.all.filter(({ id }) => inGroup.includes(id));
    return ended.length === inGroup.length ? `${check.group}: ${counts(ended)}.` : undefined;
  }

  /**
   * Ends those that have not ended.
   * @param {string} why
   */
  stop(why) {
    const ended = this.#results.map(({ id }) => id);
    for (const { id } of this.table.checks.filter((check) => !ended.includes(check.id))) {
      this.ended({ id, verdict: 'not run', text: why, set: {}, millis: 0, facts: [], views: [], signs: {} });
    }
  }

  /**
   * @param {Check} check
   * @param {Result} result
   */
  #told(check, result) {
    /** @type {HTMLElement[]} */
    const told = [element('p', { class: 'seen' }, result.text)];
    if (check.runs?.includes('page') === false) {
      told.push(element('p', {}, element('code', { class: 'command' }, this.#command(check.id))));
    }
    if (needsExplaining(result)) {
      told.push(element('p', {}, element('b', {}, 'Why it matters: '), check.matters), ...this.#settings(result));
    }
    const ends = result.views.filter((view) => view.end && view.report).map(bothEnds);
    if (needsExplaining(result) && ends.length > 0) {
      told.push(element('ul', { class: 'ends', 'aria-label': 'Both ends' }, ...ends.map((end) => element('li', {}, end))));
    }
    return [...told, ...(result.facts.length > 0 ? [details(check, result)] : [])];
  }

  /** @param {string} id */
  #command(id) {
    return `java -jar wsecho.jar check ${this.#base.href.replace(/^http/, 'ws')} --only ${id}`;
  }

  /**
   * For the products that were recognised, and for any; those for others are folded.
   * @param {Result} result
   */
  #settings({ set }) {
    const entries = Object.entries(set);
    const isShown = (/** @type {string} */ product) => product === 'any' || this.#products.includes(product);
    const list = (/** @type {[string, string][]} */ some) =>
      element('ul', { class: 'set' }, ...some.map(([product, text]) =>
        element('li', {}, ...(product === 'any' ? [] : [element('b', {}, `${product}: `)]), text)));
    const shown = entries.filter(([product]) => isShown(product));
    const others = entries.filter(([product]) => !isShown(product));
    const names = others.map(([product]) => product).join(', ');
    return [
      ...(shown.length > 0 ? [element('p', { class: 'to-set' }, element('b', {}, 'What to set:')), list(shown)] : []),
      ...(others.length > 0 ? [element('details', {}, element('summary', {}, `What to set in ${names}`), list(others))] : []),
    ];
  }

}

/**
 * @param {Check} check
 * @param {Result} result
 */
function details(check, { facts, views, millis }) {
  const sessions = views.filter(({ id, attempt }) => id || attempt).map((view) => element('li', {},
    element('a', { href: view.id ? `#session=${view.id}` : `#attempt=${view.attempt}` }, `${view.path}: what the server saw`)));
  return element('details', {}, element('summary', {}, 'Facts and sessions'),
    element('p', {}, `It took ${millis} ms. Why it matters: ${check.matters} More in ${article(check.id)}.`),
    ...(sessions.length > 0 ? [element('ul', {}, ...sessions)] : []),
    element('pre', { tabindex: '0', 'aria-label': `Facts of ${check.id}`, role: 'region' }, JSON.stringify(facts, null, 1)));
}
