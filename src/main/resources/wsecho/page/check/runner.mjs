/**
 * Runs the checks of the table. It knows steps, facts and needs, and nothing of paths.
 *
 * @typedef {import('./table.mjs').Check} Check
 * @typedef {import('./table.mjs').Values} Values
 * @typedef {import('./evaluator.mjs').Finding} Finding
 * @typedef {{base: URL, machine: import('./machine.mjs').Machine, ledger: import('./server.mjs').Ledger}} Surroundings
 *   what all checks have in common: the root of the service among it
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {import('./table.mjs').Verdict} verdict
 * @property {string} text what was seen
 * @property {import('./table.mjs').Settings} set what to set
 * @property {number} millis how long it took
 * @property {Values[]} facts of each round
 * @property {import('./script.mjs').View[]} views of each session
 * @property {Values} signs what products that are on the path can be recognised by
 */
import { evaluate, holds } from './evaluator.mjs';
import { Script } from './script.mjs';
import { VERDICTS } from './table.mjs';

export class Runner {

  #table;

  #values;

  #surroundings;

  #progress;

  /** The facts of the first round of each check. @type {Record<string, Values>} */
  #seen = {};

  /**
   * @param {import('./table.mjs').Table} table
   * @param {Values} values
   * @param {Surroundings} surroundings
   * @param {{began: (id: string) => void, ended: (result: Result) => void}} progress
   */
  constructor(table, values, surroundings, progress) {
    this.#table = table;
    this.#values = values;
    this.#surroundings = surroundings;
    this.#progress = progress;
  }

  async run() {
    const runnable = this.#table.checks.filter(runs).map(({ id }) => id);
    const first = Object.values(this.#table.needs).map((need) => need.check ?? '').filter((id) => runnable.includes(id));
    const late = this.#table.checks.filter(isLate);
    /** @type {Promise<void>[] | undefined} */
    let beside;
    for (const check of this.#table.checks.filter((one) => !one.beside && !late.includes(one))) {
      // after what they need, and before all that can wait
      if (first.every((id) => id in this.#seen)) {
        beside ??= this.#startBeside();
      }
      await this.#check(check);
    }
    beside ??= this.#startBeside();
    await Promise.all([...beside, ...late.map((check) => this.#check(check))]);
  }

  #startBeside() {
    return this.#table.checks.filter((check) => check.beside && !isLate(check)).map((check) => this.#check(check));
  }

  /** @param {Check} check */
  async #check(check) {
    const missing = this.#missing(check);
    this.#progress.ended(missing === undefined ? await this.#rounds(check)
      : { id: check.id, verdict: 'not run', text: missing, set: {}, millis: 0, facts: [], views: [], signs: {} });
  }

  /** @param {Check} check */
  async #rounds(check) {
    this.#progress.began(check.id);
    const start = performance.now();
    /** @type {Finding[]} */
    const findings = [];
    const facts = [];
    const views = [];
    /** @type {Values} */
    const signs = {};
    for (const round of check.each ?? [{}]) {
      const values = { ...this.#values, ...round };
      const script = await new Script(this.#surroundings, values).run(check.steps);
      findings.push(evaluate(this.#table, check, script.facts, values));
      facts.push(this.#declared(script.facts));
      views.push(...script.views);
      Object.assign(signs, signsOf(script.facts));
    }
    this.#seen[check.id] = facts[0];
    return { id: check.id, ...combined(findings), millis: Math.trunc(performance.now() - start), facts, views, signs };
  }

  /** @param {Values} facts */
  #declared(facts) {
    return Object.fromEntries(Object.entries(facts).filter(([name]) => name in this.#table.facts).sort());
  }

  /** @param {Check} check */
  #missing(check) {
    if (!runs(check)) {
      return 'A browser does not let a page do what it needs. Only the command line can look there.';
    }
    const needs = check.needs.map((name) => this.#table.needs[name]);
    return needs.find((need) => !need.if.every((condition) =>
      holds(condition, this.#seen[need.check ?? ''] ?? {}, this.#values, this.#table)))?.say;
  }

}

/** Whether a page can run it. @param {Check} check */
function runs(check) {
  return check.runs?.includes('page') ?? true;
}

/**
 * Whether the server is to answer a handshake late. A browser begins none to an address while it waits for another
 * there (RFC 6455, 4.1), so that all other sessions have to be open by then.
 * @param {Check} check
 */
function isLate({ steps }) {
  return steps.some(({ open }) => open?.query?.['handshake-delay'] !== undefined);
}

/** @param {Values} facts */
function signsOf(facts) {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => /^(ready\.server|report\.fields\..*)$/.test(name)));
}

/**
 * The worst decides.
 * @param {Finding[]} findings
 */
function combined(findings) {
  const rank = (/** @type {Finding} */ finding) => VERDICTS.indexOf(finding.verdict);
  const worst = findings.reduce((one, other) => rank(one) >= rank(other) ? one : other);
  const texts = findings.filter((one) => one.verdict === worst.verdict).map((one) => one.text);
  return { verdict: worst.verdict, text: [...new Set(texts)].join(' '), set: worst.set };
}
