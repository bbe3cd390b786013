/**
 * The table of checks, as GET /checks.json has it.
 *
 * @typedef {string | number | boolean} Value
 * @typedef {Record<string, Value>} Values
 * @typedef {[string, string, (Value | Value[])?]} Condition
 * @typedef {{if?: Condition[], then?: Verdict, say?: string, use?: string}} Rule
 * @typedef {'pass' | 'not run' | "can't tell" | 'changed' | 'failed'} Verdict
 * @typedef {Record<string, string>} Settings what to set, by product
 * @typedef {Record<string, any>} Step its arguments, by its verb
 *
 * @typedef {object} Check
 * @property {string} id
 * @property {string} group
 * @property {string[]} [runs]
 * @property {string[]} needs
 * @property {boolean} [beside]
 * @property {string} asks
 * @property {string} matters
 * @property {Values[]} [each]
 * @property {Step[]} steps
 * @property {Rule[]} rules
 * @property {Record<string, string>} says
 * @property {Record<string, Settings>} [sets]
 *
 * @typedef {object} Table
 * @property {Record<string, string>} facts
 * @property {{after: string, of: string, whose: string}[]} times
 * @property {Record<string, string[]>} names lists of names that texts from outside are searched for
 * @property {Record<string, {check?: string, if: Condition[], say: string}>} needs
 * @property {Record<string, string[]>} names lists of names that texts from outside are searched for
 * @property {Record<string, Rule[]>} rules
 * @property {Record<string, string>} says
 * @property {Record<string, Settings>} sets
 * @property {Check[]} checks
 */

const UNITS = { ms: 1, s: 1000, m: 60_000 };

// a limit may seem shorter, as the clocks start apart; Envoy holds the client's side for a second more
const EARLIER = 200;
const LATER = 1200;

/** The verdicts, the better first. @type {Verdict[]} */
export const VERDICTS = ['pass', 'not run', "can't tell", 'changed', 'failed'];

/**
 * Whether it looks like a table: what is between may have changed it.
 * @param {any} json
 */
export function isTable({ checks, facts, names, needs, rules, says, times }) {
  /** @type {(one: unknown) => boolean} */
  const isObject = (one) => typeof one === 'object' && one !== null;
  return [checks, times].every(Array.isArray) && [facts, names, needs, rules, says].every(isObject)
    && checks.every((/** @type {any} */ check) => isObject(check) && [check.needs, check.steps, check.rules].every(Array.isArray)
      && [check.id, check.group, check.asks, check.matters].every((text) => typeof text === 'string') && isObject(check.says));
}

/**
 * A time in milliseconds.
 * @param {Value} time written as 5s, or a number of milliseconds
 */
export function millis(time) {
  const [, number, unit] = /^(\d+)(ms|s|m)$/.exec(String(time)) ?? [];
  return typeof time === 'number' ? time : Number(number) * UNITS[/** @type {keyof UNITS} */ (unit)];
}

/**
 * Whose time it may be.
 * @param {Table} table
 * @param {number} time in milliseconds
 * @param {string} of what it limits
 */
export function known(table, time, of) {
  const near = (/** @type {number} */ after) => time >= after - EARLIER && time <= after + LATER;
  return table.times.filter((one) => one.of === of && near(millis(one.after))).map((one) => one.whose).join(', ');
}

/**
 * The names of a list that a text has in it, in any case.
 * @param {Table} table
 * @param {string} text from outside
 * @param {string} list the name of the list
 */
export function named(table, text, list) {
  return table.names[list].filter((name) => text.toLowerCase().includes(name.toLowerCase()));
}

/**
 * A text with its names in braces replaced by their values.
 * @param {string} text
 * @param {Values} values
 */
export function replaced(text, values) {
  return text.replace(/\{([a-z]+)\}/g, (place, name) => String(values[name] ?? place));
}

/**
 * The same; the value itself if the text is nothing but its name.
 * @param {Value} text
 * @param {Values} values
 */
export function resolved(text, values) {
  const [, name] = /^\{([a-z]+)\}$/.exec(String(text)) ?? [];
  return values[name] ?? (typeof text === 'string' ? replaced(text, values) : text);
}
