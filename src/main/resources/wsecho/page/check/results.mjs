/**
 * The table of results, which fills as the checks run.
 *
 * @typedef {import('./runner.mjs').Result} Result
 * @typedef {import('./table.mjs').Check} Check
 * @typedef {import('./script.mjs').View} View
 */
import { byId, element } from '../dom.mjs';
import { bothEnds } from '../ledger.mjs';
import { article, counts, needsExplaining, worstFirst } from './export.mjs';
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
    this.#showCommand();
    this.#showFindings();
  }

  #showCommand() {
    const ids = this.table.checks.filter((check) => check.runs?.includes('page') === false).map(({ id }) => id);
    const command = byId('check-command');
    command.hidden = ids.length === 0;
    /** @type {HTMLElement} */ (command.querySelector('code')).textContent =
      `java -jar wsecho.jar check ${this.#base.href.replace(/^http/, 'ws')} --only ${ids.join(',')}`;
  }

  /** What is not as it should be, the worst first, with what to set: a table is long, and the cause may be its last row. */
  #showFindings() {
    const findings = byId('check-findings');
    const found = worstFirst(this.all);
    findings.hidden = found.length === 0;
    findings.replaceChildren(...found.map((result) => element('li', { class: className(result.verdict) },
      shown(result.verdict), ' ', element('a', { href: `#check-${result.id}` }, result.id),
      element('p', {}, result.text), ...this.#settings(result).shown)));
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
    const name = element('th', { scope: 'row' }, shown(verdict), element('br'), element('code', { class: 'id' }, check.id));
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
    this.#showFindings();
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
    if (needsExplaining(result)) {
      const { shown, folded } = this.#settings(result);
      told.push(...bothViews(result), why(check), ...shown, ...folded);
    }
    return [...told, ...(result.facts.length > 0 ? [details(check, result)] : [])];
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
    return {
      shown: shown.length > 0 ? [element('p', { class: 'to-set' }, element('b', {}, 'What to set:')), list(shown)] : [],
      folded: others.length > 0 ? [element('details', {}, element('summary', {}, `What to set in ${names}`), list(others))] : [],
    };
  }

}

/** @param {keyof typeof SHAPES} verdict */
function className(verdict) {
  return verdict.replace(/\W+/g, '-');
}

/** @param {keyof typeof SHAPES} verdict */
function shown(verdict) {
  const shape = element('span', { 'aria-hidden': 'true' }, `${SHAPES[verdict]} `);
  return element('span', { class: `verdict ${className(verdict)}` }, shape, verdict);
}

/** @param {Check} check */
function why(check) {
  return element('p', {}, element('b', {}, 'Why it matters: '), check.matters);
}

/**
 * How the sessions ended for both ends; once what several have in common.
 * @param {Result} result
 */
function bothViews({ views }) {
  const ends = views.filter((view) => view.end && view.report).map(bothEnds);
  const items = [...new Set(ends)].map((end) => {
    const count = ends.filter((one) => one === end).length;
    return element('li', {}, count > 1 ? `${count} sessions: ${end}` : end);
  });
  return items.length > 0 ? [element('p', {}, element('b', {}, 'Both ends:')), element('ul', {}, ...items)] : [];
}

/**
 * @param {Check} check
 * @param {Result} result
 */
function details(check, result) {
  const { facts, views, millis } = result;
  const sessions = views.filter(({ id, attempt }) => id || attempt).map((view) => element('li', {},
    element('a', { href: view.id ? `#session=${view.id}` : `#attempt=${view.attempt}` }, `${view.path}: what the server saw`)));
  return element('details', {}, element('summary', {}, 'Details'),
    ...(needsExplaining(result) ? [] : [why(check)]),
    ...(sessions.length > 0 ? [element('ul', {}, ...sessions)] : []),
    element('pre', { tabindex: '0', 'aria-label': `Facts of ${check.id}`, role: 'region' }, JSON.stringify(facts, null, 1)),
    element('small', {}, `${millis} ms; ${article(check.id)}`));
}
