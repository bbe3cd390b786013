/**
 * Makes verdicts of facts, by the table alone.
 *
 * @typedef {import('./table.mjs').Table} Table
 * @typedef {import('./table.mjs').Check} Check
 * @typedef {import('./table.mjs').Values} Values
 * @typedef {import('./table.mjs').Condition} Condition
 * @typedef {{verdict: import('./table.mjs').Verdict, say: string, text: string, set: import('./table.mjs').Settings}} Finding
 */
import { known, millis, named, resolved } from './table.mjs';

const MAX_TEXT = 300;

/** @type {Record<string, (fact: any, operand: any, facts: Values, table: Table) => boolean>} */
const OPERATORS = {
  'is': (fact, operand) => fact === operand,
  'is-not': (fact, operand) => fact !== operand,
  'in': (fact, operand) => operand.includes(fact),
  'contains': (fact, operand) => String(fact).split(', ').includes(operand),
  'at-least': (fact, operand) => fact >= operand,
  'at-most': (fact, operand) => fact <= millis(operand),
  'same-as': (fact, operand, facts) => fact === facts[operand],
  'differs-from': (fact, operand, facts) => facts[operand] !== undefined && fact !== facts[operand],
  'known': (fact, operand, _facts, table) => known(table, fact, operand) !== '',
  'names': (fact, operand, _facts, table) => named(table, fact, operand).length > 0,
  'present': () => true,
  'absent': () => false,
};

/**
 * Of an absent fact only absent is true.
 * @param {Condition} condition
 * @param {Values} facts
 * @param {Values} values
 * @param {Table} table
 */
export function holds([name, operator, operand], facts, values, table) {
  const fact = /^\{[a-z]+\}$/.test(name) ? resolved(name, values) : facts[name];
  const wanted = typeof operand === 'string' ? resolved(operand, values) : operand;
  return fact === undefined ? operator === 'absent' : OPERATORS[operator](fact, wanted ?? '', facts, table);
}

/**
 * The first rule that holds, in words.
 * @param {Table} table
 * @param {Check} check
 * @param {Values} facts
 * @param {Values} values
 * @returns {Finding}
 */
export function evaluate(table, check, facts, values) {
  const rules = check.rules.flatMap((rule) => rule.use ? table.rules[rule.use] : [rule]);
  const rule = rules.find((one) => (one.if ?? []).every((condition) => holds(condition, facts, values, table)));
  if (!rule?.then || !rule.say) {
    throw new Error(`no rule of ${check.id} holds`);
  }
  const own = rule.say in check.says;
  const text = own ? check.says[rule.say] : table.says[rule.say];
  const set = (own ? check.sets : table.sets)?.[rule.say] ?? {};
  return { verdict: rule.then, say: rule.say, text: render(text, { ...values, ...facts }, table), set };
}

/**
 * @param {string} text
 * @param {Values} shown
 * @param {Table} table
 */
function render(text, shown, table) {
  return text.replace(/\{([a-z0-9.-]+)(?:\|([a-z]+))?\}/g,
    (_place, name, format) => shown[name] === undefined ? '' : formatted(shown[name], format, table));
}

/**
 * @param {any} value
 * @param {string | undefined} format
 * @param {Table} table
 */
function formatted(value, format, table) {
  if (format !== undefined && typeof value === 'string') {
    return named(table, value, format).join(', ');
  }
  switch (format) {
    case undefined: return plain(String(value));
    case 'ms': return `${value} ms`;
    case 's': return seconds(value);
    case 'bytes': return `${value.toLocaleString('en')} bytes`;
    default: return typeof value === 'string' ? named(table, value, format).join(', ') : known(table, value, format);
  }
}

/**
 * Half a tenth is rounded up, as the command line does; toFixed would round what the double is.
 * @param {number} time in milliseconds
 */
export function seconds(time) {
  return `${(Math.floor((time + 50) / 100) / 10).toFixed(1)} s`;
}

/**
 * What came from outside, at a length that can be read.
 * @param {string} text
 */
export function plain(text) {
  const printable = text.replace(/[\x00-\x1F\x7F]/g, '?');
  return printable.length > MAX_TEXT ? `${printable.slice(0, MAX_TEXT)}…` : printable;
}
